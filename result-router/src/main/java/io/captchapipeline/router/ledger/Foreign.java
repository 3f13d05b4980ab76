package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A foreign task as its announcement told it.
///
/// @param requestId its name: its own id, unless the announcement gave it another
/// @param account whose task it is; null where that was not told, and nobody can poll for it
/// @param awaitsCallback whether one is to be expected
/// @param announcedAt when the broker took the announcement
public record Foreign(
        RequestId requestId,
        TaskId taskId,
        @Nullable Method method,
        @Nullable Route route,
        Map<String, String> metadata,
        @Nullable Instant submittedAt,
        @Nullable Account account,
        boolean awaitsCallback,
        Instant announcedAt,
        Instant deadline) {

    Duration time() {
        return Duration.between(announcedAt, deadline);
    }
}
