package io.captchapipeline.schemas.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many submitted tasks were called back, within the window that ends now. `scope` says of which tasks.
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
        @Nullable Instant lastCallbackAt)
        implements Event {
    public static final int MOST_MISSED_IDS = 10;

    public DeliverySnapshot {
        Rules.notBlank(scope, "scope");
        Rules.required(at, "at");
        Rules.finite(deliveryRate, "delivery_rate");
        missedTaskIds = missedTaskIds == null ? List.of() : List.copyOf(missedTaskIds);
        Rules.between(missedTaskIds.size(), 0, MOST_MISSED_IDS, "the number of missed_task_ids");
    }

    @Override
    public String key() {
        return scope;
    }
}
