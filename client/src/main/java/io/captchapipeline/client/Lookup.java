package io.captchapipeline.client;

import io.captchapipeline.schemas.event.RequestId;
import java.util.Optional;

/// What the results API knows of a request, or of a task.
public sealed interface Lookup {
    /// Its outcome is there.
    record Answered(Answer answer) implements Lookup {}

    /// It was solved, so long ago that the solution is forgotten.
    record Expired(RequestId id) implements Lookup {}

    /// It is being solved.
    record Pending(RequestId id) implements Lookup {}

    /// Nobody has heard of it.
    record Unknown(RequestId id) implements Lookup {}

    /// The answer, if it is there.
    default Optional<Answer> found() {
        return this instanceof Answered answered ? Optional.of(answered.answer()) : Optional.empty();
    }
}
