package io.captchapipeline.testkit.promise;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A record that nobody could read or handle, as it lies on the dead-letter topic.
record DeadLetter(ConsumerRecord<byte[], byte[]> record) {
    private static final List<String> HEADERS =
            List.of("dlq.topic", "dlq.partition", "dlq.offset", "dlq.service", "dlq.reason", "dlq.at");

    /// As [Origin] writes it.
    String origin() {
        return header("dlq.topic") + "-" + header("dlq.partition") + "@" + header("dlq.offset");
    }

    String service() {
        return header("dlq.service");
    }

    List<String> missingHeaders() {
        return HEADERS.stream().filter(name -> header(name).isBlank()).toList();
    }

    boolean carries(byte[] bytes) {
        return Arrays.equals(record.value(), bytes);
    }

    private String header(String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }
}
