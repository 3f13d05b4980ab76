package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Topics, followed from now on. Only what is committed is seen. It belongs to no group: several may watch.
final class Tail implements AutoCloseable {

    private static final int PATIENCE_MS = 6_000;

    private final Consumer<byte[], byte[]> consumer;
    private final KafkaClients kafka;
    private final Set<String> needed;
    private final Set<String> leftOut = new TreeSet<>();

    private Tail(Consumer<byte[], byte[]> consumer, KafkaClients kafka, List<String> needed) {
        this.consumer = consumer;
        this.kafka = kafka;
        this.needed = Set.copyOf(needed);
    }

    /// Sees what is written from now on.
    static Tail ofWhatComes(KafkaClients kafka, List<String> topics) {
        return ofWhatComes(kafka, topics, List.of());
    }

    /// @param needed it is an error if one of them cannot be read
    /// @param welcome those that this account may not read, or that are not there, are left out
    static Tail ofWhatComes(KafkaClients kafka, List<String> needed, List<String> welcome) {
        return over(consumer(kafka), kafka, needed, welcome);
    }

    static Tail over(Consumer<byte[], byte[]> consumer, KafkaClients kafka, List<String> needed, List<String> welcome) {
        var tail = new Tail(consumer, kafka, needed);
        try {
            tail.standAtTheEnd(Stream.concat(needed.stream(), welcome.stream()).toList());
            return tail;
        } catch (KafkaException e) {
            tail.close();
            throw NoBroker.at(kafka, e);
        } catch (RuntimeException e) {
            tail.close();
            throw e;
        }
    }

    /// The next few, or none in that time.
    Iterable<ConsumerRecord<byte[], byte[]>> next(Duration patience) {
        try {
            return consumer.poll(patience);
        } catch (WakeupException e) {
            return List.of();
        } catch (TopicAuthorizationException e) {
            e.unauthorizedTopics().forEach(topic -> leaveOut(topic, e));
            consumer.assign(consumer.assignment().stream()
                    .filter(partition -> !leftOut.contains(partition.topic()))
                    .toList());
            return List.of();
        }
    }

    /// The topics that this account may not read, as far as it was told so by now.
    Set<String> leftOut() {
        return Set.copyOf(leftOut);
    }

    @Override
    public void close() {
        consumer.close();
    }

    static KafkaConsumer<byte[], byte[]> consumer(KafkaClients kafka) {
        return new KafkaConsumer<>(
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
    }

    private void standAtTheEnd(List<String> topics) {
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : topics) {
            var found = partitions(topic);
            if (found.isEmpty() && needed.contains(topic)) {
                throw missing(kafka, topic);
            }
            partitions.addAll(found);
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    private List<TopicPartition> partitions(String topic) {
        try {
            return partitions(consumer, topic);
        } catch (TopicAuthorizationException e) {
            leaveOut(topic, e);
            return List.of();
        }
    }

    private void leaveOut(String topic, TopicAuthorizationException e) {
        if (needed.contains(topic)) {
            throw new StartFailure(
                    "The broker at " + kafka.servers() + " does not let this account read " + topic
                            + ": give it the right to, docs/operations.md says which",
                    e);
        }
        leftOut.add(topic);
    }

    /// None, if there is no such topic.
    static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        try {
            return consumer.partitionsFor(topic).stream()
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
        } catch (InvalidTopicException e) {
            return List.of();
        }
    }

    static StartFailure missing(KafkaClients kafka, String topic) {
        return new StartFailure("There is no topic " + topic + " at " + kafka.servers()
                + ": ./captcha topics lists those there are, ./captcha topics create makes what is missing");
    }
}
