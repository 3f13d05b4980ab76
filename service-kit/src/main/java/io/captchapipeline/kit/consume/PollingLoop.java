package io.captchapipeline.kit.consume;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.health.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stays in a group from start to close. A membership that fails is left behind with all it had in hand, and after a
/// pause there is another one.
final class PollingLoop implements Running {

    private static final Logger LOG = LoggerFactory.getLogger(PollingLoop.class);

    /// For what runs to end; shorter than a process has for its whole drain, since others are closed after this.
    static final Duration DRAIN = Duration.ofSeconds(12);

    private static final Duration LEAVE = Duration.ofSeconds(4);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final String name;
    private final LoopHealth health;
    private final Supplier<Membership> join;
    private @Nullable Thread polling;

    PollingLoop(String name, LoopHealth health, Supplier<Membership> join) {
        this.name = name;
        this.health = health;
        this.join = join;
    }

    @Override
    public void start() {
        polling = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    @Override
    public List<HealthCheck> checks() {
        return List.of(health.check());
    }

    @Override
    public void close() {
        closing.countDown();
        var thread = polling;
        if (thread == null) {
            return;
        }
        try {
            if (!thread.join(DRAIN.plus(LEAVE))) {
                LOG.atWarn().addKeyValue("group", name).log("A loop did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (int failures = 0; isOpen(); ) {
            var rounds = 0;
            try (var membership = join.get()) {
                for (; isOpen(); rounds++) {
                    membership.round();
                }
                membership.drain(System.nanoTime() + DRAIN.toNanos());
            } catch (RuntimeException | Error e) {
                failures = rounds == 0 ? failures + 1 : 1;
                rest(failures, e);
            }
        }
    }

    private void rest(int failures, Throwable thrown) {
        var pause = BackOff.after(failures);
        health.trouble("the loop failed: " + thrown.getClass().getSimpleName());
        LOG.atError()
                .addKeyValue("group", name)
                .addKeyValue("pause", pause)
                .setCause(thrown)
                .log("A loop failed and begins anew");
        try {
            var _ = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }
}
