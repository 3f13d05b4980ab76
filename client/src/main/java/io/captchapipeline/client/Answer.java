package io.captchapipeline.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The one end of a request: solved, or failed and why. Prints without the solution.
public sealed interface Answer {
    /// All that the pipeline says of it.
    Outcome outcome();

    /// The solution, where a failure is not expected.
    ///
    /// @throws NotSolved when there is none
    Solved orThrow();

    default RequestId requestId() {
        return outcome().requestId();
    }

    /// As the request was given; empty where there was none.
    default Optional<Route> route() {
        return Optional.ofNullable(outcome().route());
    }

    /// As the request was given.
    Map<String, String> metadata();

    static Answer of(Outcome outcome) {
        if (outcome instanceof Outcome.Solved solved) {
            return new Solved(solved);
        }
        return new Failed((Outcome.Failed) outcome);
    }

    /// A solution.
    record Solved(Outcome.Solved outcome) implements Answer {
        /// What goes into the site's form: the solver's text, or its JSON as text.
        public String token() {
            return outcome.solution().text();
        }

        /// The same as JSON, for methods whose solution has parts.
        public JsonNode json() {
            return outcome.solution().value();
        }

        /// What the solver sent beside the solution, such as `useragent`: some sites take the token only with it.
        public Optional<JsonNode> extra() {
            return Optional.ofNullable(outcome.solutionExtra()).map(Solution::value);
        }

        /// The solver's name for it.
        public TaskId taskId() {
            return outcome.taskId();
        }

        /// When the site stops taking it; empty where it never does.
        public Optional<Instant> expiresAt() {
            return Optional.ofNullable(outcome.expiresAt());
        }

        /// Whether the site would refuse it at this time.
        public boolean isExpired(Instant now) {
            return expiresAt().filter(end -> !now.isBefore(end)).isPresent();
        }

        @Override
        public Map<String, String> metadata() {
            return outcome.metadata();
        }

        @Override
        public Solved orThrow() {
            return this;
        }
    }

    /// No solution, and why.
    record Failed(Outcome.Failed outcome) implements Answer {
        /// The solver's code, or `TIMEOUT`, `NO_ANSWER`, `INVALID_REQUEST`, `SOLVER_UNAVAILABLE`.
        public String error() {
            return outcome.error();
        }

        /// More of it, in words.
        public Optional<String> detail() {
            return Optional.ofNullable(outcome.errorDetail());
        }

        @Override
        public Map<String, String> metadata() {
            return outcome.metadata();
        }

        @Override
        public Solved orThrow() {
            throw new NotSolved(this);
        }
    }
}
