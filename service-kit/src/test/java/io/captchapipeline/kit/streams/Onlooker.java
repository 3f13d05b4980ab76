package io.captchapipeline.kit.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// What somebody beside the application sees of a topic or a group, and may change of it.
record Onlooker(String bootstrapServers) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// The only committed value with this key, as soon as there is one.
    byte[] passed(String topic, String key) {
        var values = new ArrayList<byte[]>();
        try (var consumer = reader()) {
            assign(consumer, topic);
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(50)).forEach(record -> {
                            if (new String(record.key(), UTF_8).equals(key)) {
                                values.add(record.value());
                            }
                        });
                        return !values.isEmpty();
                    });
        }
        assertThat(values).hasSize(1);
        return values.getFirst();
    }

    /// How many committed records there are by now.
    long readable(String topic, String keyPrefix) {
        try (var consumer = reader()) {
            var ends = consumer.endOffsets(assign(consumer, topic));
            long found = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(Duration.ofMillis(50))) {
                    found += new String(record.key(), UTF_8).startsWith(keyPrefix) ? 1 : 0;
                }
            }
            return found;
        }
    }

    /// How many entries a topic's log has, records and markers of transactions.
    long logged(String topic) {
        try (var consumer = reader()) {
            return consumer.endOffsets(assign(consumer, topic)).values().stream()
                    .mapToLong(end -> end)
                    .sum();
        }
    }

    int members(String group) {
        try (var admin = admin()) {
            return requireNonNull(
                            got(admin.describeConsumerGroups(List.of(group)).all())
                                    .get(group))
                    .members()
                    .size();
        }
    }

    /// How large a record may be.
    String limitOf(String topic) {
        var resource = resource(topic);
        try (var admin = admin()) {
            return requireNonNull(
                            got(admin.describeConfigs(List.of(resource)).all()).get(resource))
                    .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                    .value();
        }
    }

    void limit(String topic, String bytes) {
        var set = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes), AlterConfigOp.OpType.SET);
        try (var admin = admin()) {
            got(admin.incrementalAlterConfigs(Map.of(resource(topic), List.of(set)))
                    .all());
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    private KafkaConsumer<byte[], byte[]> reader() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static Set<TopicPartition> assign(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T got(KafkaFuture<T> asked) {
        return asked.toCompletionStage().toCompletableFuture().join();
    }
}
