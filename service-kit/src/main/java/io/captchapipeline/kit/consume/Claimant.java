package io.captchapipeline.kit.consume;

import io.captchapipeline.schemas.event.Event;

/// Decides which records are worked on now. All its methods are called on the polling thread, so none may block.
public interface Claimant<E extends Event> {

    /// Called record by record in the order of a partition. A record is asked for again after [Claim.Wait], and when
    /// the transaction that took it was not committed.
    ///
    /// @throws RuntimeException when it cannot say: the record is asked for again with growing pauses, and health
    ///     is down until it can
    Claim choose(Received<E> received, Share share);

    /// Partitions were gained or lost.
    default void assigned(Share share) {}
}
