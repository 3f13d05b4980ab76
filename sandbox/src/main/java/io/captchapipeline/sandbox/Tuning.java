package io.captchapipeline.sandbox;

import java.time.Duration;
import java.time.InstantSource;

/// What only tests change.
///
/// @param segmentBytes a journal of this size is replaced by a snapshot
/// @param firstRetry how long after an unanswered callback the next one follows; every further wait is twice as long
/// @param callbackPatience how long a receiver may take to answer a callback
record Tuning(InstantSource clock, Bounds bounds, long segmentBytes, Duration firstRetry, Duration callbackPatience) {
    static final Tuning DEFAULT = new Tuning(
            InstantSource.system(), Bounds.DEFAULT, 64L * 1024 * 1024, Duration.ofSeconds(1), Duration.ofSeconds(10));
}
