package io.captchapipeline.kit.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// How large a record is on the wire, uncompressed and alone in its batch. Never less than Kafka's own estimate.
public final class RecordSize {

    /// Of every topic but `captcha-submit`, and of every producer.
    public static final int MOST = Publishing.MAX_REQUEST_BYTES;

    private static final int BATCH = 128;
    private static final int LENGTH = 5;

    private RecordSize() {}

    public static int of(byte @Nullable [] key, byte @Nullable [] value, Iterable<Header> headers) {
        long size = (long) BATCH + lengthOf(key) + lengthOf(value);
        for (var header : headers) {
            size += 2L * LENGTH + header.key().getBytes(UTF_8).length + lengthOf(header.value());
        }
        return Math.clamp(size, 0, Integer.MAX_VALUE);
    }

    static int of(ProducerRecord<byte[], byte[]> record) {
        return of(record.key(), record.value(), record.headers());
    }

    private static int lengthOf(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
