package io.captchapipeline.kit.consume;

import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What a record turned out to be.
sealed interface Reading<E extends Event> {

    record Understood<E extends Event>(Received<E> received) implements Reading<E> {}

    record Unreadable<E extends Event>(String reason) implements Reading<E> {}

    static <E extends Event> Reading<E> of(Topic<E> topic, ConsumerRecord<byte[], byte[]> read) {
        try {
            var event = Wire.decode(topic, read.value());
            return new Understood<>(new Received<>(event, origin(read), Instant.ofEpochMilli(read.timestamp())));
        } catch (UnreadableRecord e) {
            return new Unreadable<>(String.valueOf(e.getMessage()));
        }
    }

    static Origin origin(ConsumerRecord<byte[], byte[]> read) {
        return new Origin(read.topic(), read.partition(), read.offset());
    }
}
