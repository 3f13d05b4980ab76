package io.captchapipeline.kit.consume;

import io.captchapipeline.schemas.event.Event;
import java.time.Instant;

/// An event as it was read.
///
/// @param at the record's time
public record Received<E extends Event>(E event, Origin origin, Instant at) {}
