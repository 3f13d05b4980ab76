package io.captchapipeline.router.view;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
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

        private final Set<String> ids = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean closed = new AtomicBoolean();
        private final Runnable wake;

        private Waiting(Runnable wake) {
            this.wake = wake;
        }

        /// Is woken for this id as well, from the same place.
        public void alsoFor(String id) {
            if (ids.add(id)) {
                byId.compute(id, (_, all) -> {
                    var those = all == null ? ConcurrentHashMap.<Waiting>newKeySet() : all;
                    those.add(this);
                    return those;
                });
            }
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                ids.forEach(this::leave);
                count.decrementAndGet();
            }
        }

        private void leave(String id) {
            byId.computeIfPresent(id, (_, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /// Empty when too many wait already.
    ///
    /// @param wake called by another thread whenever an outcome is there; must not block
    public Optional<Waiting> waitFor(String id, Runnable wake) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return Optional.empty();
        }
        var waiting = new Waiting(wake);
        waiting.alsoFor(id);
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
