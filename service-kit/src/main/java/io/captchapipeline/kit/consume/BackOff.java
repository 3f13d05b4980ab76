package io.captchapipeline.kit.consume;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long to wait before the next try: twice as long after each failure, up to half a minute, and never quite the
/// same, so that those who failed together do not try again together.
final class BackOff {

    private static final long FIRST_MS = 100;
    private static final long LONGEST_MS = 30_000;
    private static final int MOST_DOUBLINGS = 10;
    private static final int MOST_FAILURES_OF_A_BROKER = 6;

    private BackOff() {}

    /// @param failures how many tries have failed, from 1
    static Duration after(int failures) {
        return after(failures, ThreadLocalRandom.current().nextDouble());
    }

    /// The same for a try that takes nothing but a broker, and that everything else waits for: up to some three
    /// seconds.
    static Duration ofBroker(int failures) {
        return after(Math.min(failures, MOST_FAILURES_OF_A_BROKER));
    }

    /// @param chance from 0 to 1: the wait is between a half and the whole of what it may be
    static Duration after(int failures, double chance) {
        long whole = Math.min(LONGEST_MS, FIRST_MS << Math.min(failures - 1, MOST_DOUBLINGS));
        return Duration.ofMillis((long) (whole * (1 + chance) / 2));
    }
}
