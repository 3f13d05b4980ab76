package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Whether an alert begins (or goes on) or has ended.
public enum AlertState {
    FIRING,
    RESOLVED;

    /// As it is written on the wire.
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
