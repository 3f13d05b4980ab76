package io.captchapipeline.schemas.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whoever used a task's answer says whether it was any good, so that the solver learns it. `account` is the one that
/// the task was submitted with, where that is known.
public record Report(
        TaskId taskId,
        @Nullable RequestId requestId,
        boolean good,
        @Nullable Account account,
        Instant at) implements Event {
    public Report {
        Rules.required(taskId, "task_id");
        Rules.required(at, "at");
    }

    @Override
    public String key() {
        return requestId == null ? taskId.value() : requestId.value();
    }

    @Override
    public About about() {
        return new About(taskId, requestId, null, null, null);
    }
}
