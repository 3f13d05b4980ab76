package io.captchapipeline.kit;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the process does when it is told to stop: closes what runs, then ends with an exit code that says how that
/// went. Halting is the only way to choose the code once the JVM is on its way down.
record Drain(AutoCloseable running, Duration patience) implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    @Override
    public void run() {
        Runtime.getRuntime().halt(drained() ? ExitCode.OK : ExitCode.FAILURE);
    }

    boolean drained() {
        LOG.info("Draining");
        var closing = Thread.ofPlatform().daemon().name("closing").unstarted(this::close);
        closing.start();
        try {
            if (closing.join(patience)) {
                LOG.info("Stopped");
                return true;
            }
            LOG.atError().addKeyValue("patience", patience).log("Did not drain in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void close() {
        try {
            running.close();
        } catch (Exception e) {
            LOG.atError().setCause(e).log("Did not close cleanly");
        }
    }
}
