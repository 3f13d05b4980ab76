package io.captchapipeline.standalone.commands;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// `captcha-dead-letters`, and the way back from it. What `replay --all` sent is remembered as the offsets of a group,
/// committed in the transaction that sent it.
final class DeadLetterBox {

    private static final String GROUP = "captcha-dead-letters-replay";
    private static final String TOPIC = Topics.DEAD_LETTERS.name();
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /// One of them, named by where it lies.
    record Letter(ConsumerRecord<byte[], byte[]> record) {

        String id() {
            return record.partition() + "-" + record.offset();
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
            return left == null ? Integer.toString(length()) : left;
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

        private int length() {
            return record.value() == null ? 0 : record.value().length;
        }

        /// Whether it is the record itself, or only its story, since the record is too large.
        boolean isWhole() {
            return Printed.header(record, DeadLetter.LEFT_BYTES) == null;
        }

        /// As it was before it died.
        ProducerRecord<byte[], byte[]> original() {
            var origin = Printed.header(record, DeadLetter.TOPIC);
            if (origin == null) {
                throw new StartFailure("Dead letter " + id() + " does not say where it came from");
            }
            if (!isWhole()) {
                throw new StartFailure("Dead letter " + id() + " is too large to be sent again: it lies at " + origin
                        + "-" + partition() + "@" + offset() + " and stays there");
            }
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

    private final KafkaClients kafka;

    private DeadLetterBox(KafkaClients kafka) {
        this.kafka = kafka;
    }

    static DeadLetterBox at(KafkaClients kafka) {
        return new DeadLetterBox(kafka);
    }

    /// Oldest first.
    List<Letter> letters() {
        return Tail.readAll(kafka, TOPIC).stream()
                .sorted(Comparator.comparingLong(ConsumerRecord::timestamp))
                .map(Letter::new)
                .toList();
    }

    int replay(String id) {
        var letter = letters().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new StartFailure(
                        "There is no dead letter " + id + ": ./captcha dead-letters lists them by their ids"));
        try (var outbox = new Outbox(kafka)) {
            outbox.send(List.of(letter.original()));
        }
        return 1;
    }

    /// Each of them once, however often it is called.
    int replayAll() {
        var letters = letters();
        try (var consumer = consumer();
                var producer = producer()) {
            // From here on an earlier replay is fenced, so what it has not committed by now it never will.
            producer.initTransactions();
            var sent = committed(consumer, letters);
            var due = letters.stream()
                    .filter(Letter::isWhole)
                    .filter(letter -> letter.record().offset() >= sent.getOrDefault(partition(letter), 0L))
                    .toList();
            if (!due.isEmpty()) {
                send(producer, due, consumer.groupMetadata());
            }
            return due.size();
        } catch (KafkaException e) {
            throw NoBroker.at(kafka, e);
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, List<Letter> due, ConsumerGroupMetadata group) {
        producer.beginTransaction();
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var letter : due) {
            var _ = producer.send(letter.original());
            offsets.merge(
                    partition(letter),
                    new OffsetAndMetadata(letter.record().offset() + 1),
                    (one, other) -> one.offset() > other.offset() ? one : other);
        }
        producer.sendOffsetsToTransaction(offsets, group);
        producer.commitTransaction();
    }

    private static Map<TopicPartition, Long> committed(KafkaConsumer<byte[], byte[]> consumer, List<Letter> letters) {
        var partitions = new ArrayList<>(
                letters.stream().map(DeadLetterBox::partition).distinct().toList());
        var offsets = new HashMap<TopicPartition, Long>();
        consumer.committed(Set.copyOf(partitions), Duration.ofSeconds(6)).forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    private static TopicPartition partition(Letter letter) {
        return new TopicPartition(TOPIC, letter.record().partition());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                kafka.consumer(
                        Map.of(ConsumerConfig.GROUP_ID_CONFIG, GROUP, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /// One at a time: a second replay fences the first, and nothing is sent twice.
    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                kafka.producer(Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        GROUP,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        MOST_BYTES,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        10_000,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        10_000)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
