package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The solver took a task. Scrapers that submit by themselves may say so with the `task_id` alone.
public record Submitted(
        TaskId taskId,
        @Nullable RequestId requestId,
        @Nullable Method method,
        @Nullable Route route,
        @Nullable Integer attempt,
        @Nullable Instant submittedAt,
        @Nullable Instant deadline,
        @Nullable Account account,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> metadata,
        @Nullable Boolean callback)
        implements Event {
    public Submitted {
        Rules.required(taskId, "task_id");
        if (attempt != null) {
            Rules.between(attempt, 1, SubmitRequest.MOST_ATTEMPTS, "attempt");
        }
        metadata = Rules.metadata(metadata);
    }

    /// Who asked: the request, or the task itself where it was submitted past us.
    public RequestId identity() {
        return requestId == null ? RequestId.of(taskId) : requestId;
    }

    /// True unless the writer said that no callback will come.
    public boolean expectsCallback() {
        return callback == null || callback;
    }

    @Override
    public String key() {
        return identity().value();
    }

    @Override
    public About about() {
        return new About(taskId, identity(), null, route, method);
    }
}
