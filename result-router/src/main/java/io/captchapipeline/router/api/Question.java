package io.captchapipeline.router.api;

import java.time.Duration;

/// One id that is asked for.
///
/// @param deadline until when the answer may be waited for, in the time of [System#nanoTime]
/// @param hops how many instances have passed it on
/// @param asker who wants to know
/// @param byAlias whether the id was found as another's alias
record Question(String id, long deadline, int hops, Asker asker, boolean byAlias) {

    private static final int MOST_HOPS = 3;

    Question(String id, long deadline, int hops, Asker asker) {
        this(id, deadline, hops, asker, false);
    }

    Question about(String other) {
        return new Question(other, deadline, hops, asker, true);
    }

    /// An alias is of a request, and no request is an alias: who says otherwise would lead around in circles.
    boolean mayFollow(String alias) {
        return !byAlias && !alias.equals(id);
    }

    boolean mayTravel() {
        return hops < MOST_HOPS;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
