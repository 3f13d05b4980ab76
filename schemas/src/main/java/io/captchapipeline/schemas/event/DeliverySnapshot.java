package io.captchapipeline.schemas.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many submitted tasks were called back, within the window that ends now and since the first of all.
///
/// @param scope of which tasks: `all`, `route:NAME`, `method:NAME`
/// @param rescuedByPoll the missed ones whose result was polled
/// @param waitingSince when the oldest task was submitted that has no callback and came after the last callback
/// @param callbackP95Ms of the newest callbacks of all ingresses, in `all` only, as are the next three
/// @param uptime the share of probes of the callback endpoint that went well
/// @param totalLate the missed ones that were called back later, since the first, in `all` only, as is all after it
/// @param totalEarly callbacks that came before the announcement of their task
/// @param totalDuplicates further callbacks of a task that has one
/// @param totalUnannounced tasks that were called back and never announced
/// @param instances ingresses that told of themselves within the last hour
/// @param instancesMissing those of them that are silent
/// @param deadLetters within the last quarter of an hour
public record DeliverySnapshot(
        String scope,
        Instant at,
        long delivered,
        long missed,
        long pending,
        @Nullable Double deliveryRate,
        List<TaskId> missedTaskIds,
        long windowSeconds,
        long rescuedByPoll,
        @Nullable Instant oldestPendingAt,
        @Nullable Instant lastCallbackAt,
        @Nullable Instant waitingSince,
        @Nullable Double callbackP95Ms,
        @Nullable Double callbacksPerMinute,
        @Nullable Double errorRate,
        @Nullable Double uptime,
        @Nullable Instant firstAt,
        @Nullable Long totalDelivered,
        @Nullable Long totalMissed,
        @Nullable Long totalRescuedByPoll,
        @Nullable Long totalLate,
        @Nullable Long totalEarly,
        @Nullable Long totalDuplicates,
        @Nullable Long totalUnannounced,
        @Nullable Integer instances,
        @Nullable Integer instancesMissing,
        @Nullable Long deadLetters)
        implements Event {
    public static final int MOST_MISSED_IDS = 10;

    public DeliverySnapshot {
        Rules.notBlank(scope, "scope");
        Rules.required(at, "at");
        Rules.finite(deliveryRate, "delivery_rate");
        Rules.finite(callbackP95Ms, "callback_p95_ms");
        Rules.finite(callbacksPerMinute, "callbacks_per_minute");
        Rules.finite(errorRate, "error_rate");
        Rules.finite(uptime, "uptime");
        missedTaskIds = missedTaskIds == null ? List.of() : List.copyOf(missedTaskIds);
        Rules.between(missedTaskIds.size(), 0, MOST_MISSED_IDS, "the number of missed_task_ids");
    }

    @Override
    public String key() {
        return scope;
    }
}
