package io.captchapipeline.router.view;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Who waits for an outcome here. Told by the view as soon as the outcome is committed.
public final class Waiters {

    private final Map<String, Set<Waiting>> byId = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final int most;

    public Waiters(int most, MeterRegistry metrics) {
        this.most = most;
        Gauge.builder("captcha.results.waiters", count::get)
                .description("Callers of the results API that wait for an outcome here")
                .register(metrics);
    }

    /// A place in the queue for an id's outcome. Whoever has it gives it back, told or not.
    public final class Waiting implements AutoCloseable {

        private final String id;
        private final Runnable wake;

        private Waiting(String id, Runnable wake) {
            this.id = id;
            this.wake = wake;
        }

        @Override
        public void close() {
            byId.computeIfPresent(id, (_, all) -> {
                if (all.remove(this)) {
                    count.decrementAndGet();
                }
                return all.isEmpty() ? null : all;
            });
        }
    }

    /// Empty when too many wait already.
    ///
    /// @param wake called by another thread when the outcome is there; must not block
    public Optional<Waiting> waitFor(String id, Runnable wake) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return Optional.empty();
        }
        var waiting = new Waiting(id, wake);
        byId.compute(id, (_, all) -> {
            var those = all == null ? ConcurrentHashMap.<Waiting>newKeySet() : all;
            those.add(waiting);
            return those;
        });
        return Optional.of(waiting);
    }

    public int count() {
        return count.get();
    }

    /// Wakes whoever waits for this id.
    void tell(String id) {
        byId.getOrDefault(id, Set.of()).forEach(waiting -> waiting.wake.run());
    }
}
