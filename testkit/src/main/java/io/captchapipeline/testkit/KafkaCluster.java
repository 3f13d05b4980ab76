package io.captchapipeline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A real broker, and the least that a test wants of it. Values are bytes, because what is on the wire is what counts.
///
/// Everything that waits gives up after [#PATIENCE].
public final class KafkaCluster implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Broker broker;
    private final boolean shared;

    private KafkaCluster(Broker broker, boolean shared) {
        this.broker = broker;
        this.shared = shared;
    }

    static KafkaCluster shared() {
        return new KafkaCluster(Broker.start(), true);
    }

    static KafkaCluster own() {
        return new KafkaCluster(Broker.start(), false);
    }

    /// The same before and after a restart.
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /// A name that nobody else uses, for a topic, a group, a transactional id.
    public String uniqueName(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    /// With one partition. Returns the name.
    public String createTopic(String name) {
        return createTopic(name, 1, Map.of());
    }

    public String createTopic(String name, int partitions, Map<String, String> config) {
        try (var admin = admin()) {
            await(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(config)))
                    .all());
        }
        return name;
    }

    /// Returns when the broker has it. The key may be null.
    public RecordMetadata produce(String topic, @Nullable String key, String value) {
        var keyBytes = key == null ? null : key.getBytes(UTF_8);
        return produce(List.of(new ProducerRecord<>(topic, keyBytes, value.getBytes(UTF_8))))
                .getFirst();
    }

    /// Returns when the broker has them all.
    public List<RecordMetadata> produce(List<ProducerRecord<byte[], byte[]>> records) {
        try (var producer = producer(Map.of())) {
            var sent = records.stream().map(producer::send).toList();
            return sent.stream().map(KafkaCluster::await).toList();
        }
    }

    /// What is committed on the topic now, partition by partition.
    public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        return readAll(topic, Isolation.READ_COMMITTED);
    }

    public List<ConsumerRecord<byte[], byte[]>> readAll(String topic, Isolation isolation) {
        try (var reader = new TopicReader(consumer(isolation), topic)) {
            return reader.toTheEnd();
        }
    }

    /// Waits until so many records are committed on the topic, and returns them and what came with them.
    public List<ConsumerRecord<byte[], byte[]>> readAtLeast(String topic, int count) {
        try (var reader = new TopicReader(consumer(Isolation.READ_COMMITTED), topic)) {
            return reader.atLeast(count);
        }
    }

    /// Acknowledged by all, unless `more` says otherwise. The caller closes it.
    public KafkaProducer<byte[], byte[]> producer(Map<String, ?> more) {
        return new KafkaProducer<>(
                settings(Map.of("acks", "all"), more), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// Of committed records, from the beginning, unless `more` says otherwise. The caller closes it.
    public KafkaConsumer<byte[], byte[]> consumer(Map<String, ?> more) {
        var usual = Map.of(
                "isolation.level", Isolation.READ_COMMITTED.setting(),
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false");
        return new KafkaConsumer<>(settings(usual, more), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// The caller closes it.
    public Admin admin() {
        return Admin.create(settings(Map.of(), Map.of()));
    }

    /// Stops the broker; its data stays.
    public void stop() {
        requireOwn();
        broker.stop();
    }

    /// Starts the stopped broker again, with its data and at its address. Returns when it answers.
    public void start() {
        requireOwn();
        broker.startAgain();
        try (var admin = admin()) {
            await(admin.describeCluster().nodes());
        }
    }

    @Override
    public void close() {
        broker.close();
    }

    private KafkaConsumer<byte[], byte[]> consumer(Isolation isolation) {
        return consumer(Map.of("isolation.level", isolation.setting()));
    }

    private Map<String, Object> settings(Map<String, ?> usual, Map<String, ?> more) {
        var settings = new HashMap<String, Object>(usual);
        settings.put("bootstrap.servers", bootstrapServers());
        settings.putAll(more);
        return settings;
    }

    private void requireOwn() {
        if (shared) {
            throw new IllegalStateException(
                    "this broker is shared by all test classes; @WithKafka(own = true) gives one that may be stopped");
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the broker did not do it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
