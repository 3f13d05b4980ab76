package io.captchapipeline.schemas.ticket;

import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a callback URL says of the callback it is made for. Times are whole seconds.
public sealed interface Ticket {
    @Nullable
    Route route();

    Instant minted();

    /// Null where it is good until the secret is rotated away.
    @Nullable
    Instant expires();

    /// Of one attempt of one request.
    record ForRequest(
            RequestId requestId,
            int attempt,
            Method method,
            @Nullable Route route,
            Instant minted,
            Instant expires) implements Ticket {}

    /// Of whatever task a scraper submits by itself.
    record ForRoute(
            @Nullable Route route, Instant minted, @Nullable Instant expires) implements Ticket {}
}
