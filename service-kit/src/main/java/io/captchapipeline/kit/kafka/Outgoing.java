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
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

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

    /// Key, bytes and headers untouched; of a record that was a dead letter before, only the new story is told. With
    /// the story a record may be too large for the topic; then its bytes stay where they lie, and the story is told
    /// with its key and headers, if these are not what is too large.
    public static ProducerRecord<byte[], byte[]> deadLetter(
            byte @Nullable [] key, byte @Nullable [] value, Headers headers, DeadLetter letter) {
        var whole = deadLetter(key, value, headers, letter.headers());
        if (RecordSize.of(whole) <= RecordSize.MOST) {
            return whole;
        }
        var story = letter.headersOfTooLarge(RecordSize.of(key, value, headers));
        var withoutBytes = deadLetter(key, null, headers, story);
        return RecordSize.of(withoutBytes) <= RecordSize.MOST
                ? withoutBytes
                : deadLetter(null, null, new RecordHeaders(), story);
    }

    public static ProducerRecord<byte[], byte[]> deadLetter(ConsumerRecord<byte[], byte[]> dead, DeadLetter letter) {
        return deadLetter(dead.key(), dead.value(), dead.headers(), letter);
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(
            byte @Nullable [] key, byte @Nullable [] value, Headers headers, Map<String, String> story) {
        var all = new ArrayList<Header>();
        for (var own : headers) {
            if (!DeadLetter.tells(own.key())) {
                all.add(own);
            }
        }
        story.forEach((name, text) -> all.add(header(name, text)));
        return new ProducerRecord<>(Topics.DEAD_LETTERS.name(), null, key, value, List.copyOf(all));
    }

    private static Header header(String name, String text) {
        return new RecordHeader(name, text.getBytes(UTF_8));
    }
}
