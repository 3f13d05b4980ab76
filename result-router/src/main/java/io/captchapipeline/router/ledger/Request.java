package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as the ledger keeps it: all but its params.
///
/// @param content the digest of what was asked
/// @param askedAt when the broker took the request; its deadline counts from there
public record Request(
        RequestId requestId,
        Method method,
        @Nullable Route route,
        Map<String, String> metadata,
        int maxAttempts,
        long content,
        Instant askedAt,
        Instant deadline) {

    Instant notAfterDeadline(Instant time) {
        return time.isBefore(deadline) ? time : deadline;
    }

    Duration time() {
        return Duration.between(askedAt, deadline);
    }
}
