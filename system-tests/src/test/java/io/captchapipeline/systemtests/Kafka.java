package io.captchapipeline.systemtests;

import io.captchapipeline.testkit.TopicReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The broker, as those outside of the pipeline use it.
record Kafka(String bootstrapServers) {
    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "5"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /// Of committed records, from the beginning.
    KafkaConsumer<byte[], byte[]> consumer(Map<String, ?> more) {
        var settings = new HashMap<String, Object>(Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false"));
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// What is committed there now.
    List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        try (var reader = new TopicReader(consumer(Map.of()), topic)) {
            return reader.toTheEnd();
        }
    }

    /// How many are in a group now.
    int members(String group) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .mapToInt(described -> described.members().size())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
