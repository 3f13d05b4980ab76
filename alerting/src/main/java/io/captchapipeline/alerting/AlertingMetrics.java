package io.captchapipeline.alerting;

import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.DeliverySnapshot;
import io.captchapipeline.schemas.event.Route;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The figures of all instances, as this one reads them from the topics. A figure that is not known is `NaN`.
final class AlertingMetrics {
    private static final double MILLIS = 1000;
    private static final String OTHER = "other";
    /// Those that the submitter knows, too. Scrapers may make up others.
    private static final List<String> METHODS = List.of(
            "post",
            "base64",
            "text",
            "userrecaptcha",
            "turnstile",
            "hcaptcha",
            "funcaptcha",
            "geetest",
            "geetest_v4",
            "cloudflare_challenge",
            "bls");

    private final Board board;
    private final MeterRegistry metrics;

    private AlertingMetrics(Board board, MeterRegistry metrics) {
        this.board = board;
        this.metrics = metrics;
    }

    /// @param routes those that are named; the others are counted together, and so are methods that nobody knows
    static void register(Board board, List<Route> routes, MeterRegistry metrics) {
        var figures = new AlertingMetrics(board, metrics);
        figures.gauge(
                "captcha.delivery.delivered", "Tasks called back, within the window", DeliverySnapshot::delivered);
        figures.gauge("captcha.delivery.missed", "Tasks not called back, within the window", DeliverySnapshot::missed);
        figures.gauge("captcha.delivery.pending", "Tasks whose callback has time", DeliverySnapshot::pending);
        figures.gauge("captcha.delivery.rate", "Delivered of those settled", DeliverySnapshot::deliveryRate);
        figures.gauge(
                "captcha.delivery.rescued.by.poll", "Missed ones that were polled", DeliverySnapshot::rescuedByPoll);
        figures.gauge(
                "captcha.delivery.callback.p95.seconds",
                "95th percentile of the latency of callbacks",
                snapshot -> snapshot.callbackP95Ms() == null ? null : snapshot.callbackP95Ms() / MILLIS);
        figures.gauge("captcha.delivery.callbacks.per.minute", "Callbacks", DeliverySnapshot::callbacksPerMinute);
        figures.gauge("captcha.delivery.error.rate", "Callbacks that we failed", DeliverySnapshot::errorRate);
        figures.gauge("captcha.delivery.uptime", "Probes that went well", DeliverySnapshot::uptime);
        figures.gauge(
                "captcha.delivery.waiting.seconds",
                "Age of the oldest task without a callback that came after the last callback",
                AlertingMetrics::waiting);
        figures.gauge("captcha.delivery.instances", "Ingresses seen within the last hour", DeliverySnapshot::instances);
        figures.gauge(
                "captcha.delivery.instances.missing",
                "Ingresses seen within the last hour that are silent",
                DeliverySnapshot::instancesMissing);
        figures.gauge(
                "captcha.delivery.dead.letters",
                "Dead letters within the last quarter of an hour",
                DeliverySnapshot::deadLetters);
        figures.counter("delivered", DeliverySnapshot::totalDelivered);
        figures.counter("missed", DeliverySnapshot::totalMissed);
        figures.counter("rescued", DeliverySnapshot::totalRescuedByPoll);
        figures.counter("late", DeliverySnapshot::totalLate);
        figures.counter("early", DeliverySnapshot::totalEarly);
        figures.counter("duplicate", DeliverySnapshot::totalDuplicates);
        figures.counter("unannounced", DeliverySnapshot::totalUnannounced);
        figures.parts(
                "captcha.delivery.by.route",
                "route",
                routes.stream().map(Route::value).toList());
        figures.parts("captcha.delivery.by.method", "method", METHODS);
        for (var alert : AlertName.values()) {
            figures.firing(alert);
        }
    }

    private void gauge(String name, String description, Function<DeliverySnapshot, @Nullable Number> figure) {
        Gauge.builder(
                        name,
                        () -> board.all().map(figure).map(Number::doubleValue).orElse(Double.NaN))
                .description(description)
                .register(metrics);
    }

    /// Since the first of all, so it is no matter when this instance started. Callbacks that are no task's first are
    /// counted beside.
    private void counter(String result, Function<DeliverySnapshot, @Nullable Long> figure) {
        FunctionCounter.builder(
                        "captcha.delivery.tasks",
                        board,
                        known -> known.all().map(figure).orElse(0L))
                .description("Tasks by what became of their callback; the rescued ones are among the missed")
                .tag("result", result)
                .register(metrics);
    }

    /// Within the window, by a name that each task may have.
    private void parts(String metric, String label, List<String> names) {
        for (var name : Stream.concat(names.stream(), Stream.of(OTHER)).toList()) {
            var part = part(metric, label, name, names);
            part.accept("delivered", DeliverySnapshot::delivered);
            part.accept("missed", DeliverySnapshot::missed);
            part.accept("pending", DeliverySnapshot::pending);
        }
    }

    private BiConsumer<String, ToLongFunction<DeliverySnapshot>> part(
            String metric, String label, String name, List<String> names) {
        return (result, figure) -> Gauge.builder(metric, () -> sum(label, name, names, figure))
                .description("Tasks by " + label + " and by what became of their callback, within the window")
                .tag(label, name)
                .tag("result", result)
                .register(metrics);
    }

    private double sum(String label, String name, List<String> names, ToLongFunction<DeliverySnapshot> figure) {
        return board.by(label + ":").entrySet().stream()
                .filter(part -> name.equals(names.contains(part.getKey()) ? part.getKey() : OTHER))
                .mapToLong(part -> figure.applyAsLong(part.getValue()))
                .sum();
    }

    private static double waiting(DeliverySnapshot snapshot) {
        var since = snapshot.waitingSince();
        return since == null ? 0 : Duration.between(since, snapshot.at()).toMillis() / MILLIS;
    }

    private void firing(AlertName alert) {
        Gauge.builder("captcha.alert.firing", () -> board.isFiring(alert) ? 1 : 0)
                .description("Whether the alert fires")
                .tag("alert", alert.wire())
                .tag("severity", alert.severity().wire())
                .register(metrics);
    }
}
