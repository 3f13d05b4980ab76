package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What concerns a request, by its own id.
public sealed interface RequestEvent extends LedgerEvent {
    RequestId requestId();

    default LedgerKey key() {
        return LedgerKey.of(requestId());
    }

    /// A scraper asks.
    ///
    /// @param content a digest of what it asks, by which a repeat is told from a reuse of its id
    /// @param at when the broker took the record
    record Requested(RequestId requestId, SubmitRequest request, long content, Instant at) implements RequestEvent {}

    /// A scraper asks what cannot be asked.
    ///
    /// @param reason what is wrong; names fields and never values
    record Unaskable(
            RequestId requestId,
            String reason,
            @Nullable Method method,
            @Nullable Route route,
            Map<String, String> metadata,
            long content,
            Instant at)
            implements RequestEvent {}

    /// The solver is being asked.
    record AttemptMade(Attempt attempt, Instant at) implements RequestEvent {
        @Override
        public RequestId requestId() {
            return attempt.requestId();
        }
    }

    /// The solver took a task for the request that the announcement names.
    record RequestAnnounced(Submitted announcement, Instant at) implements RequestEvent {
        @Override
        public RequestId requestId() {
            return announcement.identity();
        }
    }

    /// A callback with the request's ticket, a poll, or a refusal.
    record RequestAnswered(Result result, Instant at) implements RequestEvent {
        @Override
        public RequestId requestId() {
            return result.requestId();
        }
    }

    /// The task that a foreign announcement named is this request's.
    record Granted(RequestId requestId, TaskId taskId) implements RequestEvent, Link {
        @Override
        public LedgerKey key() {
            return RequestEvent.super.key();
        }
    }

    /// The task that a foreign announcement named has its outcome already, or another name.
    record Declined(RequestId requestId, TaskId taskId) implements RequestEvent, Link {
        @Override
        public LedgerKey key() {
            return RequestEvent.super.key();
        }
    }

    /// A result that came for the task, under the task's id.
    record Forwarded(RequestId requestId, Result result) implements RequestEvent, Link {
        @Override
        public LedgerKey key() {
            return RequestEvent.super.key();
        }
    }
}
