package io.captchapipeline.alerting.tell;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// How long to wait before a channel is tried again: a second, then twice as long each time, half a minute at the most.
final class Patience {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 5;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final AtomicInteger failures = new AtomicInteger();

    void wentWell() {
        failures.set(0);
    }

    Duration afterFailure() {
        var pause = FIRST.multipliedBy(1L << Math.min(failures.getAndIncrement(), MOST_DOUBLINGS));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
