package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.TaskId;

/// Where an entry lies: `r:` before the id of a request, `t:` before that of a task, so that the two never mix. On a
/// topic the key is the bare id; so the entry lies in the partition of whoever is named, whichever kind it is.
public record LedgerKey(Kind kind, String id) {
    /// Whose id it is.
    public enum Kind {
        REQUEST("r:"),
        TASK("t:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public static LedgerKey of(RequestId requestId) {
        return new LedgerKey(Kind.REQUEST, requestId.value());
    }

    public static LedgerKey of(TaskId taskId) {
        return new LedgerKey(Kind.TASK, taskId.value());
    }

    /// As it is written in a store: the prefix and the id.
    @Override
    public String toString() {
        return kind.prefix + id;
    }
}
