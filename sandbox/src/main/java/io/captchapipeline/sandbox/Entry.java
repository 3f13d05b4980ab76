package io.captchapipeline.sandbox;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/// One thing that happened, as a line of the journal. The last three stand in snapshots only.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.Behaves.class, name = "behaves"),
    @JsonSubTypes.Type(value = Entry.Turned.class, name = "turned"),
    @JsonSubTypes.Type(value = Entry.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = Entry.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = Entry.Called.class, name = "called"),
    @JsonSubTypes.Type(value = Entry.Polled.class, name = "polled"),
    @JsonSubTypes.Type(value = Entry.Reported.class, name = "reported"),
    @JsonSubTypes.Type(value = Entry.Pingbacks.class, name = "pingbacks"),
    @JsonSubTypes.Type(value = Entry.Counted.class, name = "counted"),
    @JsonSubTypes.Type(value = Entry.Tallied.class, name = "tallied"),
    @JsonSubTypes.Type(value = Entry.Kept.class, name = "kept")
})
sealed interface Entry {
    /// @param reseeded whether the dice begin anew
    record Behaves(Behaviour behaviour, boolean reseeded) implements Entry {}

    /// A submission met its fate, and nothing was accepted.
    record Turned(String key) implements Entry {}

    record Accepted(Task task) implements Entry {}

    record Ended(long id) implements Entry {}

    /// A callback was made.
    ///
    /// @param over whether it is not made again
    record Called(long id, boolean acknowledged, boolean over) implements Entry {}

    /// Somebody asked for a task; `id` may be any number.
    record Polled(long id) implements Entry {}

    record Reported(long id) implements Entry {}

    /// All addresses that are registered for pingbacks.
    record Pingbacks(List<String> addresses) implements Entry {}

    record Counted(Counts counts, long lastId) implements Entry {}

    record Tallied(String key, long asked, int accepted, Map<Integer, Integer> attempts) implements Entry {}

    record Kept(Task task) implements Entry {}
}
