package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TicketKind;
import java.time.Instant;

/// What the ledger learns. Each concerns one entry: a request's, a task's, or, for a tick, whichever is due.
public sealed interface LedgerEvent permits RequestEvent, TaskEvent, LedgerEvent.Tick {

    /// It is this late. A tick promises that whatever any input held before this time has been read, also what was
    /// still to be re-keyed: else time would end what the log has answered.
    record Tick(Instant at) implements LedgerEvent {}

    /// @param at when the broker took the record
    static RequestEvent of(Attempt attempt, Instant at) {
        return new RequestEvent.AttemptMade(attempt, at);
    }

    /// An announcement that names a request concerns the request; one that names only a task concerns the task.
    ///
    /// @param at when the broker took the record
    static LedgerEvent of(Submitted announcement, Instant at) {
        return namesRequest(announcement)
                ? new RequestEvent.RequestAnnounced(announcement, at)
                : new TaskEvent.TaskAnnounced(announcement, at);
    }

    /// A result concerns the request that its ticket names, or that solver-submitter asked for; else the task.
    ///
    /// @param at when the broker took the record
    static LedgerEvent of(Result result, Instant at) {
        return namesRequest(result)
                ? new RequestEvent.RequestAnswered(result, at)
                : new TaskEvent.TaskAnswered(result, at);
    }

    private static boolean namesRequest(Submitted announcement) {
        var requestId = announcement.requestId();
        return requestId != null
                && (announcement.attempt() != null
                        || !requestId.value().equals(announcement.taskId().value()));
    }

    private static boolean namesRequest(Result result) {
        if (result.source() == Source.CALLBACK && result.ticket() == TicketKind.REQUEST) {
            return true;
        }
        var taskId = result.taskId();
        return taskId == null || !taskId.value().equals(result.requestId().value());
    }
}
