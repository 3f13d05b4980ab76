package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An attempt that another one followed.
///
/// @param taskId null while it is not known that the solver took one
/// @param since when it was submitted, as far as is known
/// @param answered whether the solver said what came of it; else it was given up on as silent
public record Past(@Nullable TaskId taskId, @Nullable Instant since, boolean answered) {

    /// The solver may have taken it; or it did.
    boolean mayBePaid() {
        return taskId != null || !answered;
    }

    /// Nobody ever heard of it again.
    boolean silent() {
        return taskId == null && !answered;
    }

    Past taken(TaskId task, Instant submittedAt) {
        return new Past(task, submittedAt, answered);
    }

    Past failed(@Nullable TaskId task) {
        return new Past(task, since, true);
    }
}
