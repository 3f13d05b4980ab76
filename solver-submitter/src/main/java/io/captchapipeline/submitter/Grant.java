package io.captchapipeline.submitter;

import java.time.Duration;
import java.util.Locale;

/// Whether a request may be posted now.
sealed interface Grant permits Permit, Grant.Hold {
    /// It stays in the queue for now.
    ///
    /// @param delay when to look again
    record Hold(Reason reason, Duration delay) implements Grant {}

    enum Reason {
        /// `SUBMIT_RATE` is used up.
        RATE,
        /// `SUBMIT_CONCURRENCY` posts are under way, or the broker does not take their answers.
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
