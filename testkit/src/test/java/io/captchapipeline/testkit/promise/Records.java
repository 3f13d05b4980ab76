package io.captchapipeline.testkit.promise;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Records as a consumer would hand them out.
final class Records {
    private Records() {}

    static ConsumerRecord<byte[], byte[]> record(String topic, long offset, String key, String value) {
        return new ConsumerRecord<>(topic, 0, offset, key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    static ConsumerRecord<byte[], byte[]> deadLetter(long offset, String value, Map<String, String> headers) {
        var record = record("captcha-dead-letters", offset, "", value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return record;
    }

    static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }
}
