package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one end of a request.
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        property = "status",
        visible = true)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.Solved.class, name = "solved"),
    @JsonSubTypes.Type(
            value = Outcome.Failed.class,
            names = {"failed", "error"})
})
public sealed interface Outcome extends Event {
    @Nullable
    TaskId taskId();

    RequestId requestId();

    Status status();

    @Nullable
    Method method();

    @Nullable
    Route route();

    @Override
    default String key() {
        return requestId().value();
    }

    @Override
    default About about() {
        return new About(taskId(), requestId(), status().wire(), route(), method());
    }

    static void notSolved(@Nullable Status status) {
        if (Rules.required(status, "status") == Status.SOLVED) {
            throw new InvalidEvent("status is solved, but there is an error");
        }
    }

    /// A solution, good until `expires_at`, where it expires at all.
    @JsonPropertyOrder({"task_id", "request_id", "status", "solution", "solution_extra"})
    record Solved(
            TaskId taskId,
            RequestId requestId,
            Solution solution,
            @Nullable Solution solutionExtra,
            @Nullable Method method,
            @Nullable Route route,
            int attempts,
            @Nullable Instant submittedAt,
            Instant receivedAt,
            @Nullable Instant expiresAt,
            @Nullable Double solveSeconds,
            Source source,
            @Nullable BigDecimal cost,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> metadata)
            implements Outcome {
        public Solved {
            Rules.required(taskId, "task_id");
            Rules.required(requestId, "request_id");
            Rules.required(solution, "solution");
            Rules.required(receivedAt, "received_at");
            Rules.required(source, "source");
            Rules.finite(solveSeconds, "solve_seconds");
            metadata = Rules.metadata(metadata);
        }

        @Override
        @JsonProperty("status")
        public Status status() {
            return Status.SOLVED;
        }
    }

    /// No solution, and why: the solver's code, or one of ours.
    @JsonPropertyOrder({"task_id", "request_id", "status", "error", "error_detail"})
    record Failed(
            @Nullable TaskId taskId,
            RequestId requestId,
            Status status,
            String error,
            @Nullable String errorDetail,
            @Nullable Method method,
            @Nullable Route route,
            int attempts,
            @Nullable Instant submittedAt,
            @Nullable Instant receivedAt,
            @Nullable Double solveSeconds,
            @Nullable Source source,
            @Nullable BigDecimal cost,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> metadata)
            implements Outcome {
        /// The deadline passed with a task at the solver.
        public static final String TIMEOUT = "TIMEOUT";
        /// The last attempt was never answered.
        public static final String NO_ANSWER = "NO_ANSWER";
        /// The request itself cannot be asked.
        public static final String INVALID_REQUEST = "INVALID_REQUEST";
        /// The deadline passed and the solver never took a task.
        public static final String SOLVER_UNAVAILABLE = "SOLVER_UNAVAILABLE";

        public Failed {
            Rules.required(requestId, "request_id");
            notSolved(status);
            Rules.notBlank(error, "error");
            Rules.finite(solveSeconds, "solve_seconds");
            metadata = Rules.metadata(metadata);
        }
    }
}
