package io.captchapipeline.alerting.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All figures at one instant.
///
/// @param waitingSince when the oldest task was submitted that has no callback and came after the last callback
/// @param deadLetters of the last quarter of an hour
/// @param kafkaAwaySince since when the brokers do not answer this instance
record Situation(
        Instant now,
        Counts deliveries,
        @Nullable Instant waitingSince,
        FleetView fleet,
        Probes.View probes,
        List<Figure.Solver> solvers,
        long deadLetters,
        int stalled,
        @Nullable Instant stalledSince,
        Failures failures,
        @Nullable Instant kafkaAwaySince) {
    /// Within the window.
    record Counts(long delivered, long missed) {
        long settled() {
            return delivered + missed;
        }

        double rate() {
            return (double) delivered / settled();
        }
    }

    /// Within the window; `often` is the most frequent error.
    record Failures(long solved, long failed, @Nullable String often) {
        long all() {
            return solved + failed;
        }

        double rate() {
            return (double) failed / all();
        }
    }

    static Situation calm(Instant now) {
        return new Situation(
                now,
                new Counts(0, 0),
                null,
                FleetView.NONE,
                Probes.View.NONE,
                List.of(),
                0,
                0,
                null,
                new Failures(0, 0, null),
                null);
    }

    /// What an instance sees that has lost its brokers: that, and nothing else.
    static Situation withoutKafka(Instant now, @Nullable Instant awaySince) {
        var calm = calm(now);
        return new Situation(
                now, calm.deliveries, null, calm.fleet, calm.probes, List.of(), 0, 0, null, calm.failures, awaySince);
    }

    double secondsSince(@Nullable Instant time) {
        return time == null ? 0 : Math.max(0, Duration.between(time, now).toMillis() / 1000.0);
    }
}
