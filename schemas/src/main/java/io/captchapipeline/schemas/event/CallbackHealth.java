package io.captchapipeline.schemas.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The heartbeat of one ingress: its counters since it started. `latencies` is a compressed HdrHistogram in base64,
/// in microseconds, so that the histograms of a fleet can be added up.
public record CallbackHealth(
        String instance,
        Instant startedAt,
        Instant at,
        String status,
        long received,
        long stored,
        long errors,
        Map<String, Long> errorBreakdown,
        Map<String, Long> refused,
        String latencies,
        @Nullable Instant lastCallbackAt)
        implements Event {
    public CallbackHealth {
        Rules.notBlank(instance, "instance");
        Rules.required(startedAt, "started_at");
        Rules.required(at, "at");
        Rules.notBlank(status, "status");
        errorBreakdown = Rules.copy(errorBreakdown, "error_breakdown");
        refused = Rules.copy(refused, "refused");
        Rules.required(latencies, "latencies");
    }

    @Override
    public String key() {
        return instance;
    }

    @Override
    public About about() {
        return new About(null, null, status, null, null);
    }
}
