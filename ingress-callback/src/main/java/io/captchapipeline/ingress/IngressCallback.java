package io.captchapipeline.ingress;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.ServiceContext;
import io.captchapipeline.kit.ServiceDefinition;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.http.HttpService;
import io.captchapipeline.kit.kafka.PublisherLimits;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topics;

/// A solver's HTTP callback in, one event on `captcha-results` out. Answers 200 only after the broker has the event:
/// what we acknowledged is never lost.
public final class IngressCallback {
    public static final ServiceDefinition<?> DEFINITION =
            new ServiceDefinition<>(Pipeline.INGRESS_CALLBACK, IngressSettings::from, IngressCallback::wire);

    private IngressCallback() {}

    public static void main(String[] args) {
        ServiceMain.run(DEFINITION, args);
    }

    /// HTTP -> event -> topic
    static Running wire(IngressSettings settings, ServiceContext context) {
        var limits = PublisherLimits.DEFAULT.within(settings.ackTimeout());
        var results = context.publisher(Topics.RESULTS, limits);
        var health = context.publisher(Topics.CALLBACK_HEALTH, limits);
        var silence = new Silence(settings.staleAfter());
        var deliveries = context.follow(Topics.DELIVERY, snapshot -> silence.heard(snapshot.event()));
        var watch = new CallbackWatch(new CallbackStats(context.clock().instant(), silence), context.metrics());
        var routes = new IngressRoutes(context.vertx(), settings, results, watch, context.clock());
        var http = HttpService.prepared(context.vertx(), settings.listen(), routes::prepare);
        var heartbeats = new Heartbeats(context.vertx(), watch, health, context.clock(), settings.port());
        return Running.all(deliveries, http, heartbeats);
    }
}
