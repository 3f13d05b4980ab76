package io.captchapipeline.kit.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.EmbeddedBroker;
import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.schemas.event.Tick;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private EmbeddedBroker broker;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(BrokerConfig.in(directory));
        try (var topics = new TopicAdmin(clients(), 3, 1)) {
            topics.create(List.of(Topics.CLOCK));
        }
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void each_follower_reads_all_there_is_and_what_comes_and_passes_poison_over() {
        write(0);
        write(1);
        writeBytes("poison".getBytes(UTF_8));
        write(2);
        try (var one = new Follow(clients(), metrics);
                var other = new Follow(clients(), metrics)) {
            one.awaitPartitions(0, 1, 2);
            other.awaitPartitions(0, 1, 2);
            await().atMost(PATIENCE).until(one.follower::caughtUp);

            write(7);

            one.awaitPartitions(0, 1, 2, 7);
            other.awaitPartitions(0, 1, 2, 7);
            assertThat(metrics.get("captcha.unreadable.records").counter().count())
                    .isEqualTo(2);
        }
    }

    @Test
    void a_follower_outlives_its_broker() {
        try (var follow = new Follow(clients(), metrics)) {
            write(1);
            follow.awaitPartitions(1);
            broker.close();
            broker = EmbeddedBroker.start(BrokerConfig.in(directory).onPort(broker.port()));
            write(2);

            follow.awaitPartitions(1, 2);
        }
    }

    private KafkaClients clients() {
        return new KafkaClients(List.of(broker.bootstrapServers()), Map.of());
    }

    private void write(int partition) {
        writeBytes(Wire.encode(new Tick(partition, Instant.EPOCH)));
    }

    private void writeBytes(byte[] value) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var _ = producer.send(new ProducerRecord<>(Topics.CLOCK.name(), value));
        }
    }

    /// One that runs, and what it read.
    private static final class Follow implements AutoCloseable {
        private final List<Integer> read = new CopyOnWriteArrayList<>();
        private final Follower<Tick> follower;

        Follow(KafkaClients clients, SimpleMeterRegistry metrics) {
            follower = new Follower<>(
                    "test", Topics.CLOCK, tick -> read.add(tick.event().partition()), clients, metrics);
            follower.start();
        }

        void awaitPartitions(Integer... partitions) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(read).containsExactlyInAnyOrder(partitions));
        }

        @Override
        public void close() {
            follower.close();
        }
    }
}
