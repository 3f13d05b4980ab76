package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.RequestEntry.Accepted;
import io.captchapipeline.router.ledger.RequestEntry.Open;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tells a task whose it is, so that what comes under its own id finds the request, and makes no outcome of its own.
final class Aliasing {
    private final LedgerRules rules;

    Aliasing(LedgerRules rules) {
        this.rules = rules;
    }

    Output alias(Open open, TaskId taskId) {
        var request = open.progress().request();
        return alias(taskId, request.requestId(), rules.remembered(request.deadline()));
    }

    Output alias(Foreign foreign, TaskId taskId) {
        return alias(taskId, foreign.requestId(), rules.remembered(foreign.deadline()));
    }

    static Output alias(TaskId taskId, RequestId requestId, Instant until) {
        return new Output.Send(new TaskEvent.Aliased(taskId, requestId, until));
    }

    /// The same decision, with the alias of a task that has an answer but was not announced: perhaps it never will be.
    Decision alsoOfAnswered(Open open, @Nullable TaskId taskId, Decision decision) {
        return taskId == null || isKnown(open, taskId) ? decision : decision.and(alias(open, taskId));
    }

    private static boolean isKnown(Open open, TaskId taskId) {
        return (open instanceof Accepted accepted && accepted.taken().taskId().equals(taskId))
                || open.progress().attemptOf(taskId) > 0;
    }
}
