package io.captchapipeline.router.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Whole seconds: what a settled entry has room for.
final class Seconds {
    private Seconds() {}

    static Instant up(Instant time) {
        var second = time.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(time) ? time : second.plusSeconds(1);
    }
}
