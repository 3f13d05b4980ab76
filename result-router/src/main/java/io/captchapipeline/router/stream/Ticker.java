package io.captchapipeline.router.stream;

import java.time.Duration;
import java.time.Instant;

/// Turns the time into records. When an entry of this partition is due, one tick is written to `captcha-clock`, and no
/// other before it came back: what is due is decided when the tick is read, behind all that lies before it.
final class Ticker {

    static final Duration LOOK_EVERY = Duration.ofMillis(100);
    /// Entries that one tick settles. What is left is due at the next.
    static final int MOST_AT_ONCE = 1_000;

    /// Of a tick that does not come back, because it was written before the last restart but one, say.
    private static final Duration LOST_AFTER = Duration.ofSeconds(10);

    /// What is due is not held back for longer, since a backlog may last as long as the load is too high.
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(15);

    private static final long NONE = Long.MIN_VALUE;

    private final LedgerStore stores;
    private final Outbox outbox;
    private final Backlog backlog;
    private final int partition;
    private long outstandingSince = NONE;
    private long heldSince = NONE;

    Ticker(LedgerStore stores, Outbox outbox, Backlog backlog, int partition) {
        this.stores = stores;
        this.outbox = outbox;
        this.backlog = backlog;
        this.partition = partition;
    }

    /// Called by the wall clock.
    void look(long nowMs) {
        if (isOutstanding(nowMs)) {
            return;
        }
        if (stores.due(nowMs, 1).isEmpty()) {
            heldSince = NONE;
        } else if (!isHeld(nowMs)) {
            outstandingSince = nowMs;
            heldSince = NONE;
            outbox.tick(partition, Instant.ofEpochMilli(nowMs));
        }
    }

    private boolean isHeld(long nowMs) {
        heldSince = heldSince == NONE ? nowMs : heldSince;
        return nowMs - heldSince < HELD_AT_MOST.toMillis() && backlog.isThere(Instant.ofEpochMilli(nowMs));
    }

    void cameBack() {
        outstandingSince = NONE;
    }

    private boolean isOutstanding(long nowMs) {
        return outstandingSince != NONE && nowMs - outstandingSince < LOST_AFTER.toMillis();
    }
}
