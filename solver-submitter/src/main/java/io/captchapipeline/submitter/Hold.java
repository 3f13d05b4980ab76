package io.captchapipeline.submitter;

import java.time.Duration;
import java.util.Locale;

/// A request stays in the queue for now.
///
/// @param delay when to look again
record Hold(Reason reason, Duration delay) {
    enum Reason {
        /// `SUBMIT_RATE` is used up.
        RATE,
        /// `SUBMIT_CONCURRENCY` posts are under way.
        CONCURRENCY,
        /// The solver refused the account for a while.
        PAUSE,
        /// The breaker is open.
        BREAKER;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
