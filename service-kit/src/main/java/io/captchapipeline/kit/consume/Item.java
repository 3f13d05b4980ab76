package io.captchapipeline.kit.consume;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// A record on its way through a consumer.
record Item(ConsumerRecord<byte[], byte[]> kafka) {

    /// By what records are kept in order: their key, or where they have none, all of them together.
    @Nullable
    ByteBuffer key() {
        return kafka.key() == null ? null : ByteBuffer.wrap(kafka.key());
    }

    long offset() {
        return kafka.offset();
    }

    /// What it holds of the memory.
    int bytes() {
        return Math.max(0, kafka.serializedKeySize()) + Math.max(0, kafka.serializedValueSize());
    }
}
