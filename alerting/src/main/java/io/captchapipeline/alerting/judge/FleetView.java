package io.captchapipeline.alerting.judge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// All ingresses as one.
///
/// @param p95Ms of the newest thousand callbacks within the window, and of the newest beat of each ingress
/// @param latencySamples how many these are
/// @param errorRate of as many of the newest callbacks as ALERT_ERROR_WINDOW asks for, and likewise
/// @param errorSamples how many these are
/// @param missing instances that were silent for too long
record FleetView(
        @Nullable Double p95Ms,
        long latencySamples,
        @Nullable Double errorRate,
        long errorSamples,
        double perMinute,
        int instances,
        int missing,
        @Nullable Instant lastCallback) {
    static final FleetView NONE = new FleetView(null, 0, null, 0, 0, 0, 0, null);
}
