package io.captchapipeline.router.stream;

import io.captchapipeline.schemas.topic.Topics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// A record as it was found: its bytes untouched, and where it lies. On its way to another partition it carries that
/// along, in one header.
///
/// @param moved whether it came here from another partition
record Found(String topic, int partition, long offset, Record<byte[], byte[]> record, boolean moved) {

    private static final String ORIGIN = "router.origin";

    static Found of(Record<byte[], byte[]> record, RecordMetadata place) {
        return record.headers().lastHeader(ORIGIN) != null && place.topic().equals(Topics.LINKS.name())
                ? unpacked(record)
                : new Found(place.topic(), place.partition(), place.offset(), record, false);
    }

    byte @Nullable [] key() {
        return record.key();
    }

    byte @Nullable [] value() {
        return record.value();
    }

    Headers headers() {
        return record.headers();
    }

    /// When the broker took it.
    Instant at() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /// For the partition of this id, by the topic of links.
    Record<byte[], byte[]> movedTo(byte[] id) {
        var more = new RecordHeaders(headers());
        more.add(ORIGIN, packed());
        return record.withKey(id).withHeaders(more);
    }

    private byte[] packed() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF(topic);
            out.writeInt(partition);
            out.writeLong(offset);
            out.writeLong(record.timestamp());
            var key = key();
            out.writeBoolean(key != null);
            out.write(key == null ? new byte[0] : key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Found unpacked(Record<byte[], byte[]> carried) {
        var packed = carried.headers().lastHeader(ORIGIN).value();
        try (var in = new DataInputStream(new ByteArrayInputStream(packed))) {
            var topic = in.readUTF();
            var partition = in.readInt();
            var offset = in.readLong();
            var timestamp = in.readLong();
            var original = carried.withTimestamp(timestamp).withHeaders(withoutOrigin(carried.headers()));
            return new Found(
                    topic,
                    partition,
                    offset,
                    in.readBoolean() ? original.withKey(in.readAllBytes()) : keyless(original),
                    true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Kafka's records may be without a key, and do not say so.
    @SuppressWarnings("NullAway")
    private static Record<byte[], byte[]> keyless(Record<byte[], byte[]> record) {
        return record.withKey(null);
    }

    /// Ours was added last; a scraper's header of that name stays.
    private static Headers withoutOrigin(Headers headers) {
        var all = headers.toArray();
        int last = all.length - 1;
        while (!all[last].key().equals(ORIGIN)) {
            last--;
        }
        var rest = new RecordHeaders();
        for (int i = 0; i < all.length; i++) {
            if (i != last) {
                rest.add(all[i]);
            }
        }
        return rest;
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
