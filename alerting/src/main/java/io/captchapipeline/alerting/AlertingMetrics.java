package io.captchapipeline.alerting;

import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.DeliverySnapshot;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The figures of all instances, as this one reads them from the topics. A figure that is not known is `NaN`.
final class AlertingMetrics {
    private static final double MILLIS = 1000;

    private final Board board;
    private final MeterRegistry metrics;

    private AlertingMetrics(Board board, MeterRegistry metrics) {
        this.board = board;
        this.metrics = metrics;
    }

    static void register(Board board, MeterRegistry metrics) {
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

    private void firing(AlertName alert) {
        Gauge.builder("captcha.alert.firing", () -> board.isFiring(alert) ? 1 : 0)
                .description("Whether the alert fires")
                .tag("alert", alert.wire())
                .tag("severity", alert.severity().wire())
                .register(metrics);
    }
}
