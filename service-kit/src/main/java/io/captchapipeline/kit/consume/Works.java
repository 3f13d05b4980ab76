package io.captchapipeline.kit.consume;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The works of a claim loop that run now, each on a virtual thread of its own. They outlive memberships.
final class Works {

    private static final Logger LOG = LoggerFactory.getLogger(Works.class);

    private final AtomicLong ended = new AtomicLong();
    private final LoopMetrics metrics;

    Works(LoopMetrics metrics) {
        this.metrics = metrics;
    }

    void start(Runnable work) {
        metrics.began();
        Thread.ofVirtual().name("claimed-work").start(() -> run(work));
    }

    boolean areRunning() {
        return metrics.inFlight() > 0;
    }

    /// Since the beginning.
    long ended() {
        return ended.get();
    }

    /// It had its one chance, whatever came of it.
    private void run(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            metrics.workThrew();
            LOG.atError().setCause(e).log("A claimed work threw; it is not repeated");
        } finally {
            metrics.ended();
            ended.incrementAndGet();
        }
    }
}
