package io.captchapipeline.kit.testing;

import io.captchapipeline.kit.consume.Following;
import io.captchapipeline.kit.consume.Origin;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Hands records to what a service follows a topic with, on the thread of the test.
public final class InMemoryFollowing<E extends Event> implements Following {

    private final AtomicLong end = new AtomicLong();
    private final Topic<E> topic;
    private final Consumer<Received<E>> reader;
    private final Clock clock;
    private volatile boolean behind;

    InMemoryFollowing(Topic<E> topic, Consumer<Received<E>> reader, Clock clock) {
        this.topic = topic;
        this.reader = reader;
        this.clock = clock;
    }

    /// As a record of partition 0, written now.
    public void hand(E event) {
        reader.accept(new Received<>(event, new Origin(topic.name(), 0, end.getAndIncrement()), clock.instant()));
    }

    /// From here on it has not caught up, or has.
    public void behind(boolean isBehind) {
        behind = isBehind;
    }

    @Override
    public boolean caughtUp() {
        return !behind;
    }

    @Override
    public void start() {
        // Records come from the test.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
