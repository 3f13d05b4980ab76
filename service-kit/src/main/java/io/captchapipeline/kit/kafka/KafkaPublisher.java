package io.captchapipeline.kit.kafka;

import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.wire.Sender;
import java.util.concurrent.CompletionStage;

/// A topic's place at a shared producer.
record KafkaPublisher<E extends Event>(Topic<E> topic, Confirming producer, Sender sender) implements Publisher<E> {

    @Override
    public CompletionStage<Confirmation> send(E event) {
        return producer.send(Outgoing.event(topic, event, sender));
    }
}
