package io.captchapipeline.kit.consume;

import io.captchapipeline.kit.health.Health;
import io.captchapipeline.kit.health.HealthCheck;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Whether a loop gets on. It is down while records are retried because something threw, and while the loop itself
/// cannot poll or commit; it says what kind of trouble it is and how much, and nothing of any record.
final class LoopHealth {

    private final String group;
    private final String topic;
    private final AtomicInteger retried = new AtomicInteger();
    private volatile String lastThrown = "";
    private volatile @Nullable String trouble;

    LoopHealth(String group, String topic) {
        this.group = group;
        this.topic = topic;
    }

    /// A record is retried from here on.
    void retrying(Throwable thrown) {
        lastThrown = thrown.getClass().getSimpleName();
        retried.incrementAndGet();
    }

    /// A record got through, or is in the hands of somebody else.
    void gotThrough() {
        retried.decrementAndGet();
    }

    void trouble(String what) {
        trouble = what;
    }

    void well() {
        trouble = null;
    }

    HealthCheck check() {
        return new HealthCheck(group, this::read);
    }

    private Health read() {
        var stuck = retried.get();
        var reason = trouble;
        if (reason == null && stuck > 0) {
            reason = "its records are retried: " + lastThrown;
        }
        var health = reason == null ? Health.ofUp() : Health.down(reason);
        return health.with("topic", topic).with("records_retried", stuck);
    }
}
