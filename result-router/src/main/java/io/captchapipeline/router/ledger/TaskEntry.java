package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import java.time.Instant;

/// What the ledger remembers of a task by its own id, under `t:`.
public sealed interface TaskEntry extends Entry permits TaskEntry.Unannounced, TaskEntry.Alias, Announced, Settled {

    /// A result came for a task that nobody announced; it is held until its announcement comes, or the grace is over.
    record Unannounced(Result result, Instant until) implements TaskEntry {
        Alias aliased(RequestId requestId, Instant remembered) {
            return new Alias(requestId, remembered);
        }

        @Override
        public Instant due() {
            return until;
        }

        @Override
        public boolean pending() {
            return true;
        }
    }

    /// The task is a request's; that request's entry decides what comes for it.
    record Alias(RequestId requestId, Instant until) implements TaskEntry {
        public Alias {
            until = Seconds.up(until);
        }

        Alias until(Instant other) {
            return other.isAfter(until) ? new Alias(requestId, other) : this;
        }

        @Override
        public Instant due() {
            return until;
        }

        @Override
        public boolean pending() {
            return false;
        }
    }
}
