package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one callback, poll or refused submission said. A request can have several; the ledger decides which counts.
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        property = "status",
        visible = true)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Result.Solved.class, name = "solved"),
    @JsonSubTypes.Type(
            value = Result.Failed.class,
            names = {"failed", "error"})
})
public sealed interface Result extends Event {
    @Nullable
    TaskId taskId();

    RequestId requestId();

    Status status();

    @Nullable
    Route route();

    @Nullable
    Method method();

    Source source();

    Instant receivedAt();

    @Nullable
    BigDecimal cost();

    @Nullable
    Integer attempt();

    TicketKind ticket();

    @Override
    default String key() {
        return requestId().value();
    }

    @Override
    default About about() {
        return new About(taskId(), requestId(), status().wire(), route(), method());
    }

    /// The solver has a solution.
    @JsonPropertyOrder({"task_id", "request_id", "status", "solution", "solution_extra"})
    record Solved(
            TaskId taskId,
            RequestId requestId,
            Solution solution,
            @Nullable Solution solutionExtra,
            @Nullable Route route,
            @Nullable Method method,
            Source source,
            Instant receivedAt,
            @Nullable BigDecimal cost,
            @Nullable Integer attempt,
            TicketKind ticket)
            implements Result {
        public Solved {
            Rules.required(taskId, "task_id");
            Rules.required(requestId, "request_id");
            Rules.required(solution, "solution");
            Rules.required(source, "source");
            Rules.required(receivedAt, "received_at");
            Rules.required(ticket, "ticket");
        }

        @Override
        @JsonProperty("status")
        public Status status() {
            return Status.SOLVED;
        }
    }

    /// The solver has no solution, or refuses. With `retry_after_seconds` the same attempt may be made again,
    /// and the result is no outcome by itself.
    @JsonPropertyOrder({"task_id", "request_id", "status", "error", "error_detail"})
    record Failed(
            @Nullable TaskId taskId,
            RequestId requestId,
            Status status,
            String error,
            @Nullable String errorDetail,
            @Nullable Route route,
            @Nullable Method method,
            Source source,
            Instant receivedAt,
            @Nullable BigDecimal cost,
            @Nullable Integer attempt,
            TicketKind ticket,
            @Nullable Integer retryAfterSeconds)
            implements Result {
        public Failed {
            Rules.required(requestId, "request_id");
            Outcome.notSolved(status);
            Rules.notBlank(error, "error");
            Rules.required(source, "source");
            Rules.required(receivedAt, "received_at");
            Rules.required(ticket, "ticket");
            if (taskId == null && source != Source.SUBMIT) {
                throw new InvalidEvent("task_id is missing");
            }
            if (retryAfterSeconds != null) {
                Rules.between(retryAfterSeconds, 0, Integer.MAX_VALUE, "retry_after_seconds");
            }
        }

        public boolean mayBeAskedAgain() {
            return retryAfterSeconds != null;
        }
    }
}
