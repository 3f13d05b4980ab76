package io.captchapipeline.kit.testing;

import io.captchapipeline.kit.consume.Handled;
import io.captchapipeline.kit.consume.Handler;
import io.captchapipeline.kit.consume.Origin;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/// Hands records to a service's handler, on the thread of the test.
public final class InMemoryHandler<E extends Event> {

    private final AtomicLong end = new AtomicLong();
    private final Topic<E> topic;
    private final Handler<E> handler;
    private final Clock clock;

    InMemoryHandler(Topic<E> topic, Handler<E> handler, Clock clock) {
        this.topic = topic;
        this.handler = handler;
        this.clock = clock;
    }

    /// As a record of partition 0, written now.
    public Handled hand(E event) throws Exception {
        var origin = new Origin(topic.name(), 0, end.getAndIncrement());
        return hand(new Received<>(event, origin, clock.instant()));
    }

    public Handled hand(Received<E> received) throws Exception {
        return handler.handle(received);
    }
}
