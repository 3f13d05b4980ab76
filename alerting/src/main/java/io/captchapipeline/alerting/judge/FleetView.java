package io.captchapipeline.alerting.judge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// All ingresses as one.
///
/// @param p95Ms of the newest thousand callbacks within the window
/// @param latencySamples how many these are
/// @param errorRate of the newest callbacks that ALERT_ERROR_WINDOW asks for, within the window
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
