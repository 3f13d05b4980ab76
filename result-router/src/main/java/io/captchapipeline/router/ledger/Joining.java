package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.TaskEntry.Alias;
import io.captchapipeline.router.ledger.TaskEntry.Unannounced;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tasks meet their announcements, their names and their results. The first announcement decides whose a task is.
final class Joining {
    private final LedgerRules rules;
    private final Telling telling;

    Joining(LedgerRules rules, Telling telling) {
        this.rules = rules;
        this.telling = telling;
    }

    /// A scraper announces the task under its own id.
    Decision announced(@Nullable TaskEntry entry, TaskEvent.TaskAnnounced announced, Instant now) {
        return switch (entry) {
            case null -> opened(announced, now);
            case Unannounced held -> telling.joined(foreign(announced), held.result(), now);
            case Announced first -> Decision.counted(first, Counted.REPEATED_ANNOUNCEMENT);
            case Alias other -> Decision.counted(other, Counted.REPEATED_ANNOUNCEMENT);
            case Settled settled -> Decision.counted(settled, Counted.LATE_ANNOUNCEMENT);
        };
    }

    /// A result comes under the task's id.
    Decision answered(@Nullable TaskEntry entry, TaskEvent.TaskAnswered answered, Instant now) {
        var result = answered.result();
        return switch (entry) {
            case null -> held(answered, now);
            case Unannounced first ->
                Decision.counted(first, Answer.of(first.result()).besides(Answer.of(result)));
            case Announced task -> telling.foreign(task, result, now);
            case Alias alias -> Decision.of(alias, forward(alias.requestId(), result));
            case Settled settled -> Decision.counted(settled, settled.another(result));
        };
    }

    /// A request whose id is already in use here says that the task is its own.
    Decision aliased(@Nullable TaskEntry entry, TaskEvent.Aliased aliased) {
        var requestId = aliased.requestId();
        return switch (entry) {
            case null -> Decision.of(new Alias(requestId, aliased.until()));
            case Unannounced held ->
                Decision.of(held.aliased(requestId, aliased.until()), forward(requestId, held.result()));
            case Announced first -> Decision.counted(first, Counted.MISMATCHED_ANNOUNCEMENT);
            case Alias alias -> again(alias, aliased);
            case Settled settled -> Decision.counted(settled, Counted.LATE_ANNOUNCEMENT);
        };
    }

    /// A foreign announcement asks for the task under another name.
    Decision claimed(@Nullable TaskEntry entry, TaskEvent.Claim claim) {
        var requestId = claim.requestId();
        return switch (entry) {
            case null -> Decision.of(new Alias(requestId, claim.until()), grant(claim));
            case Unannounced held ->
                Decision.of(held.aliased(requestId, claim.until()), grant(claim), forward(requestId, held.result()));
            case Announced first -> declined(first, claim, Counted.MISMATCHED_ANNOUNCEMENT);
            case Alias alias ->
                alias.requestId().equals(requestId)
                        ? Decision.of(alias.until(claim.until()), grant(claim))
                        : declined(alias, claim, Counted.MISMATCHED_ANNOUNCEMENT);
            case Settled settled -> declined(settled, claim, Counted.LATE_ANNOUNCEMENT);
        };
    }

    private Decision opened(TaskEvent.TaskAnnounced announced, Instant now) {
        if (rules.hasForgotten(announced.at(), now)) {
            return Decision.counted(null, Counted.EXPIRED);
        }
        var foreign = foreign(announced);
        return Decision.of(new Announced(foreign, rules.polls(foreign)));
    }

    private Decision held(TaskEvent.TaskAnswered answered, Instant now) {
        return rules.hasForgotten(answered.at(), now)
                ? Decision.counted(null, Counted.EXPIRED)
                : Decision.of(new Unannounced(answered.result(), now.plus(LedgerRules.GRACE)));
    }

    private static Decision again(Alias alias, TaskEvent.Aliased aliased) {
        return alias.requestId().equals(aliased.requestId())
                ? Decision.of(alias.until(aliased.until()))
                : Decision.counted(alias, Counted.MISMATCHED_ANNOUNCEMENT);
    }

    private static Decision declined(TaskEntry entry, TaskEvent.Claim claim, Counted counted) {
        return Decision.counted(entry, counted)
                .and(new Output.Send(new RequestEvent.Declined(claim.requestId(), claim.taskId())));
    }

    private Foreign foreign(TaskEvent.TaskAnnounced announced) {
        return rules.foreign(announced.announcement(), announced.at());
    }

    private static Output grant(TaskEvent.Claim claim) {
        return new Output.Send(new RequestEvent.Granted(claim.requestId(), claim.taskId()));
    }

    private static Output forward(RequestId requestId, Result result) {
        return new Output.Send(new RequestEvent.Forwarded(requestId, result));
    }
}
