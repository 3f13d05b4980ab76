package io.captchapipeline.router.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How often a task was polled for, and when it will be next; null where never more.
public record Polling(int done, @Nullable Instant next) {
    static final Polling NEVER = new Polling(0, null);

    /// When there is something to do for a task that ends at `deadline`.
    Instant due(Instant deadline) {
        return next != null && next.isBefore(deadline) ? next : deadline;
    }
}
