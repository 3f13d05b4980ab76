package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Topics, followed from some point on. Only what is committed is seen. It belongs to no group: several may watch.
final class Tail implements AutoCloseable {

    private static final int PATIENCE_MS = 6_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    private Tail(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    /// Sees what is written from now on.
    static Tail ofWhatComes(KafkaClients kafka, List<String> topics) {
        var tail = open(kafka, topics);
        tail.asked(kafka, () -> {
            tail.consumer.seekToEnd(tail.partitions);
            tail.partitions.forEach(tail.consumer::position);
        });
        return tail;
    }

    /// What is there by now, oldest first within each partition.
    static List<ConsumerRecord<byte[], byte[]>> readAll(KafkaClients kafka, String topic) {
        try (var tail = open(kafka, List.of(topic))) {
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            tail.asked(kafka, () -> {
                tail.consumer.seekToBeginning(tail.partitions);
                var ends = tail.consumer.endOffsets(tail.partitions);
                while (tail.isBefore(ends)) {
                    tail.consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                }
            });
            return records;
        }
    }

    /// The next few, or none in that time.
    Iterable<ConsumerRecord<byte[], byte[]>> next(Duration patience) {
        try {
            return consumer.poll(patience);
        } catch (WakeupException e) {
            return List.of();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static Tail open(KafkaClients kafka, List<String> topics) {
        var consumer = new KafkaConsumer<>(
                kafka.consumer(Map.of(
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "captcha-commands",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        PATIENCE_MS)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        try {
            var partitions = partitions(consumer, kafka, topics);
            consumer.assign(partitions);
            return new Tail(consumer, partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, KafkaClients kafka, List<String> topics) {
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : topics) {
            var found = found(consumer, kafka, topic);
            if (found.isEmpty()) {
                throw new StartFailure("There is no topic " + topic + " at " + kafka.servers()
                        + ": ./captcha topics lists those there are, ./captcha topics create makes what is missing");
            }
            partitions.addAll(found);
        }
        return partitions;
    }

    private static List<TopicPartition> found(
            KafkaConsumer<byte[], byte[]> consumer, KafkaClients kafka, String topic) {
        try {
            return consumer.partitionsFor(topic).stream()
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
        } catch (InvalidTopicException e) {
            return List.of();
        } catch (KafkaException e) {
            throw NoBroker.at(kafka, e);
        }
    }

    private void asked(KafkaClients kafka, Runnable question) {
        try {
            question.run();
        } catch (KafkaException e) {
            consumer.close();
            throw NoBroker.at(kafka, e);
        }
    }

    private boolean isBefore(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }
}
