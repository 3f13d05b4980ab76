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

    private final LedgerStores stores;
    private final Outbox outbox;
    private final int partition;
    private long outstandingSince = Long.MIN_VALUE;

    Ticker(LedgerStores stores, Outbox outbox, int partition) {
        this.stores = stores;
        this.outbox = outbox;
        this.partition = partition;
    }

    /// Called by the wall clock.
    void look(long nowMs) {
        if (!isOutstanding(nowMs) && !stores.due(nowMs, 1).isEmpty()) {
            outstandingSince = nowMs;
            outbox.tick(partition, Instant.ofEpochMilli(nowMs));
        }
    }

    void cameBack() {
        outstandingSince = Long.MIN_VALUE;
    }

    private boolean isOutstanding(long nowMs) {
        return outstandingSince != Long.MIN_VALUE && nowMs - outstandingSince < LOST_AFTER.toMillis();
    }
}
