package io.captchapipeline.standalone.commands;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.captchapipeline.schemas.wire.DeadLetter;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// A dead letter, named by where it lies.
record Letter(ConsumerRecord<byte[], byte[]> record) {

    /// What is told of it, without the record that died.
    static Letter storyOf(ConsumerRecord<byte[], byte[]> record) {
        var headers = new RecordHeaders();
        record.headers().forEach(header -> {
            if (DeadLetter.tells(header.key())) {
                headers.add(header);
            }
        });
        return new Letter(new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                null,
                null,
                headers,
                record.leaderEpoch()));
    }

    String id() {
        return record.partition() + "-" + record.offset();
    }

    long timestamp() {
        return record.timestamp();
    }

    TopicPartition place() {
        return new TopicPartition(record.topic(), record.partition());
    }

    String topic() {
        return said(DeadLetter.TOPIC);
    }

    String partition() {
        return said(DeadLetter.PARTITION);
    }

    String offset() {
        return said(DeadLetter.OFFSET);
    }

    String service() {
        return said(DeadLetter.SERVICE);
    }

    String reason() {
        return said(DeadLetter.REASON);
    }

    String at() {
        return said(DeadLetter.AT);
    }

    String bytes() {
        var left = Printed.header(record, DeadLetter.LEFT_BYTES);
        return left == null ? Integer.toString(Math.max(0, record.serializedValueSize())) : left;
    }

    /// Without the record itself, which may hold a solution.
    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id())
                .put("at", at())
                .put("topic", topic())
                .put("partition", partition())
                .put("offset", offset())
                .put("service", service())
                .put("bytes", Long.parseLong(bytes()))
                .put("reason", reason());
    }

    /// Why it cannot be sent back, if so.
    Optional<String> hindrance() {
        if (Printed.header(record, DeadLetter.TOPIC) == null) {
            return Optional.of("it does not say where it came from");
        }
        return Printed.header(record, DeadLetter.LEFT_BYTES) == null
                ? Optional.empty()
                : Optional.of("the record is too large for it, and lies at " + topic() + "-" + partition() + "@"
                        + offset() + " still");
    }

    /// As it was before it died.
    ProducerRecord<byte[], byte[]> original() {
        var origin = Objects.requireNonNull(Printed.header(record, DeadLetter.TOPIC));
        var original = new ProducerRecord<>(origin, record.key(), record.value());
        record.headers().forEach(header -> {
            if (!DeadLetter.tells(header.key())) {
                original.headers().add(header);
            }
        });
        return original;
    }

    private String said(String header) {
        var text = Printed.header(record, header);
        return text == null ? "?" : text;
    }
}
