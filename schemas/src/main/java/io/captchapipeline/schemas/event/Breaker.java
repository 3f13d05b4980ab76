package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Whether an account may be asked: yes, no, or one call to find out.
public enum Breaker {
    CLOSED,
    OPEN,
    HALF_OPEN;

    /// As it is written on the wire.
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
