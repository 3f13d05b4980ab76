package io.captchapipeline.kit.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.DeadLetter;
import io.captchapipeline.schemas.wire.Envelope;
import io.captchapipeline.schemas.wire.Sender;
import io.captchapipeline.schemas.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/// What this process says, as records.
public final class Outgoing {

    private Outgoing() {}

    public static <E extends Event> ProducerRecord<byte[], byte[]> event(Topic<E> topic, E event, Sender sender) {
        var key = event.key();
        var headers = new ArrayList<Header>(Envelope.headerNames().size());
        sender.envelope(event).eachHeader((name, text) -> headers.add(header(name, text)));
        return new ProducerRecord<>(
                topic.name(), null, key == null ? null : key.getBytes(UTF_8), Wire.encode(event), headers);
    }

    /// Key, bytes and headers untouched; of a record that was a dead letter before, only the new story is told.
    public static ProducerRecord<byte[], byte[]> deadLetter(ConsumerRecord<byte[], byte[]> dead, DeadLetter letter) {
        var story = letter.headers();
        var headers = new ArrayList<Header>();
        for (var own : dead.headers()) {
            if (!story.containsKey(own.key())) {
                headers.add(own);
            }
        }
        story.forEach((name, text) -> headers.add(header(name, text)));
        return new ProducerRecord<>(Topics.DEAD_LETTERS.name(), null, dead.key(), dead.value(), List.copyOf(headers));
    }

    private static Header header(String name, String text) {
        return new RecordHeader(name, text.getBytes(UTF_8));
    }
}
