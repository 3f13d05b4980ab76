package io.captchapipeline.schemas.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The callback of a task is late: ask the solver, for the `poll`th time.
public record Overdue(
        RequestId requestId,
        TaskId taskId,
        int attempt,
        int poll,
        @Nullable Method method,
        @Nullable Route route,
        @Nullable Account account,
        Instant dueAt)
        implements Event {
    public Overdue {
        Rules.required(requestId, "request_id");
        Rules.required(taskId, "task_id");
        Rules.between(attempt, 1, SubmitRequest.MOST_ATTEMPTS, "attempt");
        Rules.between(poll, 1, Integer.MAX_VALUE, "poll");
        Rules.required(dueAt, "due_at");
    }

    @Override
    public String key() {
        return requestId.value();
    }

    @Override
    public About about() {
        return new About(taskId, requestId, null, route, method);
    }
}
