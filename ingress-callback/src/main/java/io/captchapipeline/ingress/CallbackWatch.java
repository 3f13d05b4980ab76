package io.captchapipeline.ingress;

import static java.util.Objects.requireNonNull;

import io.captchapipeline.schemas.event.CallbackHealth;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees every answer: keeps the figures, feeds the metrics, writes the access log (at debug level). Of a callback's URL
/// it names the fixed part only: what follows is a ticket, and a query carries a token.
final class CallbackWatch {
    private static final Logger ACCESS = LoggerFactory.getLogger("io.captchapipeline.ingress.access");

    private final CallbackStats stats;
    private final Timer stored;
    private final Map<Failure, Counter> failures = new EnumMap<>(Failure.class);
    private final Map<Refusal, Counter> refusals = new EnumMap<>(Refusal.class);

    CallbackWatch(CallbackStats stats, MeterRegistry metrics) {
        this.stats = stats;
        this.stored = Timer.builder("captcha.callback.stored")
                .description("Callbacks that the broker confirmed, and how long that took")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3))
                .register(metrics);
        for (var failure : Failure.values()) {
            failures.put(failure, counter("captcha.callback.failed", "Callbacks not stored", failure.label(), metrics));
        }
        for (var refusal : Refusal.values()) {
            refusals.put(refusal, counter("captcha.callback.refused", "Callbacks refused", refusal.label(), metrics));
        }
        FunctionTimer.builder(
                        "captcha.callback.interval",
                        stats,
                        CallbackStats::intervals,
                        CallbackStats::secondsBetweenFirstAndLast,
                        TimeUnit.SECONDS)
                .description("Time between callbacks")
                .register(metrics);
    }

    void stored(Duration latency, Instant receivedAt) {
        stats.stored(latency, receivedAt);
        stored.record(latency);
    }

    void failed(Failure failure, Duration latency, Instant receivedAt) {
        stats.failed(failure, latency, receivedAt);
        requireNonNull(failures.get(failure)).increment();
    }

    void refused(Refusal refusal) {
        stats.refused(refusal);
        requireNonNull(refusals.get(refusal)).increment();
    }

    void brokerConfirms(boolean confirms) {
        stats.brokerConfirms(confirms);
    }

    CallbackReport report(Instant now) {
        return stats.report(now);
    }

    CallbackHealth heartbeat(String instance, Instant now) {
        return stats.heartbeat(instance, now);
    }

    void answered(HttpServerRequest request, int status, Duration elapsed) {
        if (ACCESS.isDebugEnabled()) {
            ACCESS.atDebug()
                    .addKeyValue("method", request.method().name())
                    .addKeyValue("path", CallbackPaths.withoutSecrets(request.path()))
                    .addKeyValue("status", status)
                    .addKeyValue("millis", elapsed.toNanos() / 1_000_000.0)
                    .log("Callback answered");
        }
    }

    private static Counter counter(String name, String description, String reason, MeterRegistry metrics) {
        return Counter.builder(name)
                .description(description)
                .tag("reason", reason)
                .register(metrics);
    }
}
