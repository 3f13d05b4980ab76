package io.captchapipeline.alerting.figures;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All figures of the tasks of one partition as of `at`: what was written until then is in them.
///
/// @param lastCallback the last one of any partition
/// @param waitingSince when the oldest task was submitted that has no callback and came after `lastCallback`
/// @param stalled solutions that wait for their outcome for too long
public record TaskFigures(
        int partition,
        Instant at,
        @Nullable Instant firstAt,
        @Nullable Instant lastCallback,
        @Nullable Instant waitingSince,
        @Nullable Instant oldestPending,
        Map<String, Tally> deliveries,
        List<MissedTask> missed,
        Map<String, Tally> outcomes,
        int stalled,
        @Nullable Instant stalledSince,
        List<FailedRequest> failures) {
    public TaskFigures {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(deliveries, "deliveries");
        Objects.requireNonNull(missed, "missed");
        Objects.requireNonNull(outcomes, "outcomes");
        Objects.requireNonNull(failures, "failures");
    }
}
