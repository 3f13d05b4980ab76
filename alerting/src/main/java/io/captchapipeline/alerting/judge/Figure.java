package io.captchapipeline.alerting.judge;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.captchapipeline.alerting.figures.TaskFigures;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A part of what alerts are judged by.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "k")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Figure.Tasks.class, name = "tasks"),
    @JsonSubTypes.Type(value = Figure.Beat.class, name = "beat"),
    @JsonSubTypes.Type(value = Figure.Solver.class, name = "solver"),
    @JsonSubTypes.Type(value = Figure.DeadLetter.class, name = "dead"),
    @JsonSubTypes.Type(value = Figure.Probe.class, name = "probe")
})
public sealed interface Figure {
    /// Of the tasks of one partition; the newest one counts.
    record Tasks(TaskFigures figures) implements Figure {
        public Tasks {
            Objects.requireNonNull(figures, "figures");
        }
    }

    /// The heartbeat of an ingress; the counters and the histogram are since it started.
    record Beat(
            String instance,
            Instant startedAt,
            Instant at,
            long received,
            long errors,
            String latencies,
            @Nullable Instant lastCallback)
            implements Figure {
        public Beat {
            Objects.requireNonNull(instance, "instance");
            Objects.requireNonNull(startedAt, "startedAt");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(latencies, "latencies");
        }
    }

    /// How an account at the solver stands, as one instance of the submitter sees it. Each has a breaker of its own.
    record Solver(
            String account,
            @Nullable String instance,
            Instant at,
            @Nullable Double balance,
            boolean refusing,
            @Nullable String refusal)
            implements Figure {
        public Solver {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(at, "at");
        }
    }

    /// There is a dead letter, of a record that this service gave up on.
    record DeadLetter(Instant at, String service) implements Figure {
        public DeadLetter {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(service, "service");
        }
    }

    /// What came of probing the callback endpoint. No `fault`: it went well.
    record Probe(String instance, Instant at, @Nullable String fault) implements Figure {
        public Probe {
            Objects.requireNonNull(instance, "instance");
            Objects.requireNonNull(at, "at");
        }
    }
}
