package io.captchapipeline.submitter;

import java.time.Duration;
import java.util.Optional;

/// What came of one HTTP request to the solver. Words are ours: what an HTTP client says may contain the API key.
sealed interface Reply {
    /// The solver, or something before it, answered.
    ///
    /// @param body with the API key blotted out; it may contain a solution and is not for logs
    /// @param retryAfter as its header says
    record Answered(int status, String body, Optional<Duration> retryAfter) implements Reply {
        boolean isSuccess() {
            return status / 100 == 2;
        }

        @Override
        public String toString() {
            return "Answered[" + status + "]";
        }
    }

    /// No byte of the request left: the connection was never made.
    record NeverSent(String why) implements Reply {}

    /// Some of it may have arrived, and no whole answer came back.
    record MaybeSent(String why) implements Reply {}
}
