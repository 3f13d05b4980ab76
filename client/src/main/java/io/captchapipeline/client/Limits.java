package io.captchapipeline.client;

import java.time.Duration;

/// How long and how many.
///
/// @param timeout of a request that says none
/// @param grace after the time-out of a request, before its outcome is no longer waited for
/// @param patience with Kafka and the results API
/// @param maxOpen requests that wait for their outcome
record Limits(Duration timeout, Duration grace, Duration patience, int maxOpen) {
    private static final Duration SECOND = Duration.ofSeconds(1);

    static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(300), Duration.ofSeconds(45), Duration.ofSeconds(30), 10_000);

    Limits {
        require(timeout.compareTo(SECOND) >= 0, "timeout is under a second");
        require(!grace.isNegative(), "grace is negative");
        require(patience.compareTo(SECOND) >= 0, "patience is under a second");
        require(maxOpen > 0, "maxOpen is not positive");
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
