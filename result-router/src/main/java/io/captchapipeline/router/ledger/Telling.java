package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.RequestEntry.Accepted;
import io.captchapipeline.router.ledger.RequestEntry.Open;
import io.captchapipeline.router.ledger.RequestEntry.Waiting;
import io.captchapipeline.router.ledger.TaskEntry.Unannounced;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request ends: its outcome is told, its params are forgotten, and what is left of it is settled.
final class Telling {
    private final LedgerRules rules;
    private final Aliasing aliasing;
    private final Outcomes outcomes;

    Telling(LedgerRules rules, Aliasing aliasing) {
        this.rules = rules;
        this.aliasing = aliasing;
        this.outcomes = new Outcomes(rules);
    }

    /// With an answer to one of its attempts.
    Decision answered(Open open, int attempt, Result result, Instant now) {
        var told = ended(open, outcomes.of(Subject.of(open, attempt), result), Answer.of(attempt, result), now);
        return aliasing.alsoOfAnswered(open, result.taskId(), told);
    }

    /// Without an answer.
    Decision expired(Open open, Instant now) {
        return ended(open, unanswered(open), null, now);
    }

    /// Read when its deadline was already over: nothing was kept of it.
    Decision tooLate(Waiting waiting, Instant now) {
        var content = waiting.progress().request().content();
        return Decision.of(new Settled(rules.remembered(now), content, null), new Output.Tell(unanswered(waiting)));
    }

    Decision unaskable(RequestEvent.Unaskable asks, Instant now) {
        var outcome = outcomes.of(Subject.of(asks), null, new Ending(Outcome.Failed.INVALID_REQUEST, asks.reason()));
        return Decision.of(new Settled(rules.remembered(now), asks.content(), null), new Output.Tell(outcome));
    }

    /// A foreign task, answered. A refusal is none of its answers.
    Decision foreign(Announced task, Result result, Instant now) {
        return result instanceof Result.Failed failed && failed.mayBeAskedAgain()
                ? Decision.counted(task, Counted.MISMATCHED_ANSWER)
                : joined(task.foreign(), result, now);
    }

    Decision joined(Foreign foreign, Result result, Instant now) {
        return settled(outcomes.of(Subject.of(foreign, result), result), Answer.of(result), now);
    }

    Decision expired(Announced task, Instant now) {
        var foreign = task.foreign();
        return settled(outcomes.of(Subject.of(foreign), foreign.taskId(), Ending.TIMEOUT), null, now);
    }

    Decision unannounced(Unannounced held, Instant now) {
        var result = held.result();
        return settled(outcomes.of(Subject.of(result), result), Answer.of(result), now)
                .and(new Output.Count(Counted.UNANNOUNCED));
    }

    private Outcome unanswered(Open open) {
        var taskId = open instanceof Accepted accepted ? accepted.taken().taskId() : null;
        return outcomes.of(Subject.of(open), taskId, Ending.of(open));
    }

    private Decision ended(Open open, Outcome outcome, @Nullable Answer answer, Instant now) {
        var content = open.progress().request().content();
        return Decision.of(
                new Settled(rules.remembered(now), content, answer),
                new Output.Tell(outcome),
                new Output.ForgetParams());
    }

    private Decision settled(Outcome outcome, @Nullable Answer answer, Instant now) {
        return Decision.of(new Settled(rules.remembered(now), null, answer), new Output.Tell(outcome));
    }
}
