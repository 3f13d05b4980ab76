package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import java.util.Objects;

/// What concerns a task, by the id that the solver gave it.
public sealed interface TaskEvent extends LedgerEvent {
    TaskId taskId();

    default LedgerKey key() {
        return LedgerKey.of(taskId());
    }

    /// A scraper submitted it by itself and gives it no other name.
    record TaskAnnounced(Submitted announcement, Instant at) implements TaskEvent {
        @Override
        public TaskId taskId() {
            return announcement.taskId();
        }
    }

    /// A callback with a route's ticket or with none, or a poll of a foreign task.
    record TaskAnswered(Result result, Instant at) implements TaskEvent {
        @Override
        public TaskId taskId() {
            return Objects.requireNonNull(result.taskId());
        }
    }

    /// A request says that the task is its own.
    ///
    /// @param until how long that is to be remembered
    record Aliased(TaskId taskId, RequestId requestId, Instant until) implements TaskEvent, Link {
        @Override
        public LedgerKey key() {
            return TaskEvent.super.key();
        }
    }

    /// A foreign announcement says that the task is a request's; whether that still holds is for the task to say.
    record Claim(TaskId taskId, RequestId requestId, Instant until) implements TaskEvent, Link {
        @Override
        public LedgerKey key() {
            return TaskEvent.super.key();
        }
    }
}
