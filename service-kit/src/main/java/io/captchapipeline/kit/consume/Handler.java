package io.captchapipeline.kit.consume;

import io.captchapipeline.schemas.event.Event;

/// Gives a record its effect. A record comes again after a crash, so the effect must bear repeating.
public interface Handler<E extends Event> {

    /// Called on a virtual thread, so it may block; for one key one record at a time, in order.
    ///
    /// @throws Exception when something that it needs is not there: the record is retried with growing pauses, and
    ///     health is down until it gets through
    Handled handle(Received<E> received) throws Exception;
}
