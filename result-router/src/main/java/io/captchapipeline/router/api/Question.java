package io.captchapipeline.router.api;

import java.time.Duration;

/// One id that is asked for.
///
/// @param deadline until when the answer may be waited for, in the time of [System#nanoTime]
/// @param hops how many instances have passed it on
/// @param asker who wants to know
record Question(String id, long deadline, int hops, Asker asker) {

    private static final int MOST_HOPS = 3;

    Question about(String other) {
        return new Question(other, deadline, hops, asker);
    }

    boolean mayTravel() {
        return hops < MOST_HOPS;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
