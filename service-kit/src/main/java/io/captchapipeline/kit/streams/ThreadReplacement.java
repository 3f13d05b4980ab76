package io.captchapipeline.kit.streams;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that died is replaced after a pause: the first time at once, then twice as long each time, until a minute
/// went well. Called by the dying thread.
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration GOOD = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 10;

    private final Clock clock;
    private int inARow;
    private long total;
    private @Nullable Instant last;

    ThreadReplacement(Clock clock) {
        this.clock = clock;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable exception) {
        var pause = died();
        LOG.atError()
                .addKeyValue("pause", pause)
                .addKeyValue("why", exception.getClass().getSimpleName())
                .setCause(exception)
                .log("A stream thread died and is replaced");
        LockSupport.parkNanos(pause.toNanos());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /// How long to wait.
    synchronized Duration died() {
        var now = clock.instant();
        inARow = wentWell(now) ? 1 : inARow + 1;
        last = now;
        total++;
        return pause(inARow);
    }

    /// Whether the last death is so recent that the next may follow.
    synchronized boolean unsettled() {
        return !wentWell(clock.instant());
    }

    synchronized long total() {
        return total;
    }

    private boolean wentWell(Instant now) {
        return last == null || last.plus(GOOD).isBefore(now);
    }

    private static Duration pause(int inARow) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(inARow - 1, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
