package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What came of a task: a solution, no solution, or an error.
public enum Status {
    SOLVED,
    FAILED,
    ERROR;

    /// As it is written on the wire.
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
