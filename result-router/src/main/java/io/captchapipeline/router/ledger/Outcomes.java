package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.solver.SolverCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes outcomes of what is known.
final class Outcomes {
    /// Failures that say nothing against the request, the solver or us.
    private static final Set<String> FAILED =
            Set.of(SolverCode.UNSOLVABLE, Outcome.Failed.TIMEOUT, Outcome.Failed.NO_ANSWER);
    private static final double MILLIS = 1000;

    private final LedgerRules rules;

    Outcomes(LedgerRules rules) {
        this.rules = rules;
    }

    Outcome of(Subject subject, Result result) {
        return switch (result) {
            case Result.Solved solved -> solved(subject, solved);
            case Result.Failed failed -> failed(subject, failed);
        };
    }

    /// @param taskId the one that the solver did not answer
    Outcome of(Subject subject, @Nullable TaskId taskId, Ending ending) {
        return new Outcome.Failed(
                taskId,
                subject.requestId(),
                status(ending.error()),
                ending.error(),
                ending.detail(),
                subject.method(),
                subject.route(),
                subject.attempts(),
                subject.submittedAt(),
                null,
                null,
                null,
                null,
                subject.metadata());
    }

    private Outcome solved(Subject subject, Result.Solved result) {
        return new Outcome.Solved(
                result.taskId(),
                subject.requestId(),
                result.solution(),
                result.solutionExtra(),
                subject.method(),
                subject.route(),
                subject.attempts(),
                subject.submittedAt(),
                result.receivedAt(),
                expiresAt(subject.method(), result.receivedAt()),
                solveSeconds(subject, result),
                result.source(),
                result.cost(),
                subject.metadata());
    }

    private static Outcome failed(Subject subject, Result.Failed result) {
        return new Outcome.Failed(
                result.taskId(),
                subject.requestId(),
                status(result.error()),
                result.error(),
                result.errorDetail(),
                subject.method(),
                subject.route(),
                subject.attempts(),
                subject.submittedAt(),
                result.receivedAt(),
                solveSeconds(subject, result),
                result.source(),
                result.cost(),
                subject.metadata());
    }

    private static Status status(String error) {
        return FAILED.contains(error) ? Status.FAILED : Status.ERROR;
    }

    private @Nullable Instant expiresAt(@Nullable Method method, Instant receivedAt) {
        return rules.life(method).map(receivedAt::plus).orElse(null);
    }

    /// Clocks of different machines: never less than nothing.
    private static @Nullable Double solveSeconds(Subject subject, Result result) {
        if (subject.submittedAt() == null) {
            return null;
        }
        var millis =
                Duration.between(subject.submittedAt(), result.receivedAt()).toMillis();
        return Math.max(0, millis) / MILLIS;
    }
}
