package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.RequestEntry.Accepted;
import io.captchapipeline.router.ledger.RequestEntry.Asked;
import io.captchapipeline.router.ledger.RequestEntry.Claimed;
import io.captchapipeline.router.ledger.RequestEntry.Open;
import io.captchapipeline.router.ledger.RequestEntry.Refused;
import io.captchapipeline.router.ledger.RequestEntry.Waiting;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The solver is asked for a request, and takes a task. Attempt records, refusals and announcements come by different
/// topics, so each may be read before the other.
final class Asking {
    private final LedgerRules rules;
    private final Aliasing aliasing;

    Asking(LedgerRules rules, Aliasing aliasing) {
        this.rules = rules;
        this.aliasing = aliasing;
    }

    Decision made(@Nullable RequestEntry entry, RequestEvent.AttemptMade made) {
        return switch (entry) {
            case null -> Decision.counted(null, Counted.ENTRY_GONE);
            case Waiting waiting -> isOf(waiting, made) ? asked(waiting, made) : Decision.of(waiting);
            case Refused over -> Decision.of(over);
            case Asked again -> Decision.of(again);
            case Accepted later -> Decision.of(later);
            case Claimed foreign -> Decision.of(foreign);
            case Announced foreign -> Decision.of(foreign);
            case Settled settled -> Decision.of(settled);
        };
    }

    Decision announced(RequestEntry entry, RequestEvent.RequestAnnounced announced) {
        var announcement = announced.announcement();
        return switch (entry) {
            case Open open -> ours(open, announcement, announced.at());
            case Claimed first -> Decision.counted(first, Counted.REPEATED_ANNOUNCEMENT);
            case Announced first -> foreign(first, announcement);
            case Settled settled ->
                Decision.of(settled, Aliasing.alias(announcement.taskId(), announced.requestId(), settled.until()));
        };
    }

    /// An attempt record of the running attempt. It is of no asking that was refused: what was refused waits again only
    /// after a tick, and before that its record was read.
    private static boolean isOf(Waiting waiting, RequestEvent.AttemptMade made) {
        return made.attempt().attempt() == waiting.progress().attempt();
    }

    private Decision asked(Waiting waiting, RequestEvent.AttemptMade made) {
        return Decision.of(waiting.asked(made.at(), made.at().plus(rules.attemptTimeout())));
    }

    private Decision ours(Open open, Submitted announcement, Instant at) {
        var attempt = announcement.attempt();
        int running = open.progress().attempt();
        if (attempt == null || attempt > running) {
            return Decision.counted(open, Counted.MISMATCHED_ANNOUNCEMENT);
        }
        return attempt == running ? running(open, announcement, at) : earlier(open, attempt, announcement, at);
    }

    private Decision running(Open open, Submitted announcement, Instant at) {
        return switch (open) {
            case Accepted accepted -> again(accepted, announcement.taskId());
            case Waiting early -> taken(early, announcement, at);
            case Refused odd -> taken(odd, announcement, at);
            case Asked asked -> taken(asked, announcement, at);
        };
    }

    private Decision taken(Open open, Submitted announcement, Instant at) {
        var request = open.progress().request();
        var task = new Taken(announcement.taskId(), submittedAt(announcement, at), announcement.account());
        var polling = rules.polls().from(at, request.method(), announcement.expectsCallback(), request.time());
        return Decision.of(open.accepted(task, polling), aliasing.alias(open, announcement.taskId()));
    }

    private static Decision again(Accepted accepted, TaskId taskId) {
        return Decision.counted(
                accepted,
                accepted.taken().taskId().equals(taskId)
                        ? Counted.REPEATED_ANNOUNCEMENT
                        : Counted.MISMATCHED_ANNOUNCEMENT);
    }

    private Decision earlier(Open open, int attempt, Submitted announcement, Instant at) {
        var past = open.progress().past(attempt);
        var taskId = announcement.taskId();
        if (past.taskId() != null && !past.taskId().equals(taskId)) {
            return Decision.counted(open, Counted.MISMATCHED_ANNOUNCEMENT);
        }
        var known = open.progress().with(attempt, past.taken(taskId, submittedAt(announcement, at)));
        return Decision.of(open.with(known), aliasing.alias(open, taskId));
    }

    /// Another task under the same name: whatever comes for it is this request's too.
    private Decision foreign(Announced first, Submitted announcement) {
        var taskId = announcement.taskId();
        return first.foreign().taskId().equals(taskId)
                ? Decision.counted(first, Counted.REPEATED_ANNOUNCEMENT)
                : Decision.of(first, aliasing.alias(first.foreign(), taskId));
    }

    private static Instant submittedAt(Submitted announcement, Instant at) {
        var told = announcement.submittedAt();
        return told == null ? at : told;
    }
}
