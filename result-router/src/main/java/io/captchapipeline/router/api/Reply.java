package io.captchapipeline.router.api;

import io.vertx.core.buffer.Buffer;

/// What can be said of an id.
sealed interface Reply {
    /// Its outcome, as JSON.
    record Told(Buffer outcome) implements Reply {}

    /// It is known, and has no outcome yet.
    record Pending() implements Reply {}

    /// Nobody has heard of it.
    record Unknown() implements Reply {}

    /// Nobody can say now: its partition is moving or restoring, or the instance that has it does not answer.
    record Moving() implements Reply {}

    /// Too many wait already.
    record Busy() implements Reply {}

    Reply PENDING = new Pending();
    Reply UNKNOWN = new Unknown();
    Reply MOVING = new Moving();
    Reply BUSY = new Busy();
}
