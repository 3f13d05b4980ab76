package io.captchapipeline.alerting.judge;

import io.captchapipeline.schemas.event.AlertName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// From where on things are alarming.
///
/// @param minSamples rates over fewer are not judged
/// @param window of the rates
public record Thresholds(
        Duration staleAfter,
        double errorRate,
        int errorWindow,
        Duration p95,
        double deliveryRate,
        double failureRate,
        int minSamples,
        Optional<Double> balance,
        Duration window,
        Set<AlertName> disabled) {
    /// A lost broker is alarming after this.
    static final Duration KAFKA_AWAY = Duration.ofSeconds(60);
}
