package io.captchapipeline.kit.consume;

/// One stay in a consumer group. All of it happens on the polling thread.
interface Membership extends AutoCloseable {

    /// One poll, and what follows from it.
    void round();

    /// Takes nothing new, and returns when what runs has ended, or at this moment of [System#nanoTime].
    void drain(long deadline);

    /// Leaves the group.
    @Override
    void close();
}
