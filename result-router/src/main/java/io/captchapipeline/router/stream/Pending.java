package io.captchapipeline.router.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/// How many outcomes are waited for, and since when the longest; over the partitions that are here.
public final class Pending {

    private final Map<Integer, OfPartition> partitions = new ConcurrentHashMap<>();

    public Pending(MeterRegistry metrics, InstantSource clock) {
        Gauge.builder("captcha.pending", this, Pending::count)
                .description("Outcomes that are waited for, in the partitions that are here")
                .register(metrics);
        Gauge.builder("captcha.pending.oldest", this, all -> all.oldestSeconds(clock.millis()))
                .description("How long the longest of them has been waited for")
                .baseUnit("seconds")
                .register(metrics);
    }

    /// A new count for a partition, in place of an earlier one.
    OfPartition of(int partition) {
        var count = new OfPartition(own -> partitions.remove(partition, own));
        partitions.put(partition, count);
        return count;
    }

    long count() {
        return partitions.values().stream().mapToLong(OfPartition::count).sum();
    }

    double oldestSeconds(long nowMs) {
        return partitions.values().stream()
                .flatMap(count -> count.bySecond.keySet().stream().limit(1))
                .mapToDouble(second -> Math.max(0, nowMs / 1000.0 - second))
                .max()
                .orElse(0);
    }

    /// One partition's; written by the thread of its task, read by whoever scrapes.
    static final class OfPartition {

        private final ConcurrentSkipListMap<Long, Long> bySecond = new ConcurrentSkipListMap<>();
        private final Consumer<OfPartition> forget;

        private OfPartition(Consumer<OfPartition> forget) {
            this.forget = forget;
        }

        void add(long sinceMs) {
            bySecond.merge(sinceMs / 1000, 1L, Long::sum);
        }

        void remove(long sinceMs) {
            bySecond.computeIfPresent(sinceMs / 1000, (_, count) -> count > 1 ? count - 1 : null);
        }

        long count() {
            return bySecond.values().stream().mapToLong(Long::longValue).sum();
        }

        void close() {
            forget.accept(this);
        }
    }
}
