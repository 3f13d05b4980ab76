package io.captchapipeline.client;

import java.util.concurrent.atomic.AtomicLong;

/// The counts behind [QueueStats].
final class QueueCounters {
    final AtomicLong delivered = new AtomicLong();
    final AtomicLong expired = new AtomicLong();
    final AtomicLong otherRoutes = new AtomicLong();
    final AtomicLong unreadable = new AtomicLong();
    final AtomicLong lost = new AtomicLong();

    QueueStats stats() {
        return new QueueStats(delivered.get(), expired.get(), otherRoutes.get(), unreadable.get(), lost.get());
    }
}
