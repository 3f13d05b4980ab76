package io.captchapipeline.alerting;

import io.captchapipeline.alerting.judge.KafkaWatch;
import io.captchapipeline.alerting.streams.AlertingTopology;
import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.ServiceContext;
import io.captchapipeline.kit.ServiceDefinition;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.http.BearerToken;
import io.captchapipeline.kit.http.HttpService;
import io.captchapipeline.kit.streams.StreamsPlan;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topics;

/// Counts what became of every task, judges it, and tells people what is alarming: once when it begins, once when it
/// is over.
public final class Alerting {
    public static final ServiceDefinition<?> DEFINITION =
            new ServiceDefinition<>(Pipeline.ALERTING, AlertingSettings::from, Alerting::wire);

    private Alerting() {}

    public static void main(String[] args) {
        ServiceMain.run(DEFINITION, args);
    }

    /// topics, probes -> figures -> judge -> topics -> board, people
    static Running wire(AlertingSettings settings, ServiceContext context) {
        var judging = settings.judging();
        var instance = Instance.name(settings.port());
        var board = new Board();
        var check = new JudgingCheck(context.clock(), judging.interval());
        var prober = new Prober(settings.probe(), judging.interval(), instance, context.clock());
        var topology = new AlertingTopology(
                settings.books(), judging, settings.routes(), prober::last, context.metrics(), context.clock());
        var channels = new Channels(settings, context);
        var kafka = new KafkaWatch(judging.thresholds(), judging.repeat());
        var deliveries = context.follow(Topics.DELIVERY, snapshot -> {
            board.snapshot(snapshot.event());
            check.judged();
        });
        var alerts = context.follow(Topics.ALERTS, alert -> {
            board.alert(alert.event());
            channels.known(alert.event());
        });
        AlertingMetrics.register(board, settings.routes(), context.metrics());
        var api = new AlertingApi(
                new BearerToken(settings.token()),
                board,
                () -> deliveries.caughtUp() && alerts.caughtUp(),
                judging.thresholds().window().toSeconds());
        return Running.all(
                deliveries,
                alerts,
                prober,
                context.stream(StreamsPlan.of(topology::on).calm()),
                channels,
                new KafkaAlarm(context, kafka, channels, board, instance),
                check,
                HttpService.on(context.vertx(), settings.listen(), () -> api));
    }
}
