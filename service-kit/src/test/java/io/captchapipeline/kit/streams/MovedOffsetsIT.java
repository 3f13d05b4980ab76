package io.captchapipeline.kit.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a prompt application's producer leaves out, seen from the broker: somebody else writes its group's offsets in
/// between, and what was not sent stays as he wrote it.
@WithKafka
class MovedOffsetsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GROUP = "moved-offsets";
    private static final TopicPartition ONE = new TopicPartition(GROUP, 0);
    private static final TopicPartition TWO = new TopicPartition(GROUP, 1);

    private final KafkaCluster kafka;

    MovedOffsetsIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @BeforeAll
    static void createTopic(KafkaCluster kafka) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(GROUP, 2, (short) 1))).all().get();
        }
    }

    @Test
    void only_what_moved_is_committed_and_all_of_it_after_an_abort() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                var member = member();
                var producer = producer()) {
            producer.initTransactions();
            send(producer, member, 1, 1);
            producer.abortTransaction();
            awaitCommitted(admin, Map.of());

            send(producer, member, 1, 1);
            producer.commitTransaction();
            awaitCommitted(admin, Map.of(ONE, 1L, TWO, 1L));

            write(admin, TWO, 0);
            send(producer, member, 2, 1);
            producer.commitTransaction();
            awaitCommitted(admin, Map.of(ONE, 2L, TWO, 0L));

            send(producer, member, 3, 1);
            producer.abortTransaction();
            send(producer, member, 3, 1);
            producer.commitTransaction();
            awaitCommitted(admin, Map.of(ONE, 3L, TWO, 1L));
        }
    }

    private Producer<byte[], byte[]> producer() {
        return new PromptClients(new Worked())
                .getProducer(Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", GROUP));
    }

    private Consumer<byte[], byte[]> member() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", GROUP),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static void send(Producer<?, ?> producer, Consumer<?, ?> member, long one, long two) {
        producer.beginTransaction();
        producer.sendOffsetsToTransaction(
                Map.of(ONE, new OffsetAndMetadata(one), TWO, new OffsetAndMetadata(two)), member.groupMetadata());
    }

    private static void write(Admin admin, TopicPartition partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(GROUP, Map.of(partition, new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    /// A commit is confirmed before it can be seen.
    private static void awaitCommitted(Admin admin, Map<TopicPartition, Long> offsets) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(committed(admin)).isEqualTo(offsets));
    }

    private static Map<TopicPartition, Long> committed(Admin admin) throws Exception {
        return admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().offset()));
    }
}
