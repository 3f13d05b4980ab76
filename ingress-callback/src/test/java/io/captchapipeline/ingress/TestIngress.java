package io.captchapipeline.ingress;

import io.captchapipeline.kit.http.HttpService;
import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.kit.kafka.PublisherLimits;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.testing.InMemoryPublisher;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.ticket.Tickets;
import io.captchapipeline.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The real routes on a real port, before a publisher of the test's choice.
final class TestIngress implements AutoCloseable {
    static final String SECRET = "a secret of at least 16 characters";
    static final Duration STALE_AFTER = Duration.ofMinutes(5);
    static final Tickets TICKETS = Tickets.signedWith(List.of(SECRET));

    final CallbackStats stats = new CallbackStats(Clock.systemUTC().instant(), new Silence(STALE_AFTER));
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final HttpService http;

    TestIngress(Publisher<Result> publisher, boolean open) {
        this(publisher, settings(open, Duration.ofSeconds(3), Duration.ofSeconds(30)));
    }

    TestIngress(Publisher<Result> publisher, IngressSettings settings) {
        var routes =
                new IngressRoutes(vertx, settings, publisher, new CallbackWatch(stats, metrics), Clock.systemUTC());
        http = HttpService.prepared(vertx, settings.listen(), routes::prepare);
        http.start();
    }

    static InMemoryPublisher<Result> inMemory() {
        return new InMemoryPublisher<>(Topics.RESULTS, PublisherLimits.DEFAULT);
    }

    static IngressSettings settings(boolean open, Duration ackTimeout, Duration wholeWithin) {
        return new IngressSettings(
                "127.0.0.1",
                0,
                List.of(new Secret(SECRET)),
                open,
                List.of(),
                List.of(),
                Pattern.compile("[0-9]{1,32}"),
                ackTimeout,
                wholeWithin,
                STALE_AFTER,
                Optional.of("verify-me"));
    }

    int port() {
        return http.port();
    }

    RawHttp.Answer get(String target) throws IOException {
        return RawHttp.once(port(), RawHttp.get(target));
    }

    RawHttp.Answer post(String target, String contentType, String body) throws IOException {
        return RawHttp.once(port(), RawHttp.post(target, contentType, body));
    }

    void drain() {
        http.close();
    }

    @Override
    public void close() {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
