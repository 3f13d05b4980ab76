package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What vouches for a callback: a ticket of one request, a ticket of a route only, or nothing.
public enum TicketKind {
    REQUEST,
    ROUTE,
    NONE;

    /// As it is written on the wire.
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
