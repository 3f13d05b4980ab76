package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// How we learnt it: the solver called back, we polled, or the submission itself was answered.
public enum Source {
    CALLBACK,
    POLL,
    SUBMIT;

    /// As it is written on the wire.
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
