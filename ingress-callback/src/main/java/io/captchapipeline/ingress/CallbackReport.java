package io.captchapipeline.ingress;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;

/// What `/health/callbacks` says: totals since start, rates and percentiles over the last callbacks.
record CallbackReport(
        @JsonProperty("status") Status status,
        @JsonProperty("total_received") long totalReceived,
        @JsonProperty("total_errors") long totalErrors,
        @JsonProperty("error_rate") double errorRate,
        @JsonProperty("avg_latency_ms") double avgLatencyMs,
        @JsonProperty("p95_latency_ms") double p95LatencyMs,
        @JsonProperty("seconds_since_last_callback") double secondsSinceLastCallback,
        @JsonProperty("error_breakdown") Map<String, Long> errorBreakdown) {
    /// How the endpoint stands.
    enum Status {
        HEALTHY,
        /// Somebody waits for a callback for too long.
        STALE,
        /// The broker does not confirm.
        DEGRADED;

        @JsonValue
        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
