package io.captchapipeline.alerting.figures;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What some topic said of a task, as far as it is counted; never what the answer was. Times are those of the records.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "k")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Sighting.Announced.class, name = "announced"),
    @JsonSubTypes.Type(value = Sighting.CalledBack.class, name = "called"),
    @JsonSubTypes.Type(value = Sighting.Polled.class, name = "polled"),
    @JsonSubTypes.Type(value = Sighting.Solved.class, name = "solved"),
    @JsonSubTypes.Type(value = Sighting.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = Sighting.Read.class, name = "read")
})
public sealed interface Sighting {
    /// The solver took it; `callback` says whether one is expected.
    record Announced(
            Instant at, @Nullable String route, @Nullable String method, boolean callback) implements Sighting {}

    /// The solver called back, with whatever answer.
    record CalledBack(Instant at) implements Sighting {}

    /// The answer was polled.
    record Polled(Instant at) implements Sighting {}

    /// There is a solution, so an outcome has to follow.
    record Solved(Instant at) implements Sighting {}

    /// There is an outcome. `request` is that of a failed one.
    ///
    /// @param counted false for the second sighting of the same outcome
    record Ended(
            Instant at,
            boolean solved,
            @Nullable String route,
            @Nullable String error,
            @Nullable String request,
            boolean counted)
            implements Sighting {}

    /// All that the input partition `partition` held until `at` was read; its last callback was at `lastCallback`.
    record Read(int partition, Instant at, @Nullable Instant lastCallback) implements Sighting {}
}
