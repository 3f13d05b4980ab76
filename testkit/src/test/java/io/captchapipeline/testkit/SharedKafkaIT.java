package io.captchapipeline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithKafka
@Timeout(120)
class SharedKafkaIT {
    private final KafkaCluster kafka;

    SharedKafkaIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @Test
    void what_is_produced_is_read_from_every_partition() {
        var topic = kafka.createTopic(kafka.uniqueName("letters"), 3, Map.of());
        var values = IntStream.range(0, 100).mapToObj(i -> "value-" + i).toList();

        kafka.produce(values.stream()
                .map(value -> new ProducerRecord<>(topic, value.getBytes(UTF_8), value.getBytes(UTF_8)))
                .toList());

        assertThat(kafka.readAll(topic))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(values);
        assertThat(kafka.readAtLeast(topic, 100)).hasSize(100);
    }

    @Test
    void an_empty_topic_is_read_at_once() {
        assertThat(kafka.readAll(kafka.createTopic(kafka.uniqueName("empty")))).isEmpty();
    }

    @Test
    void committed_reads_leave_out_what_was_aborted() {
        var topic = kafka.createTopic(kafka.uniqueName("letters"));
        try (var producer = kafka.producer(Map.of("transactional.id", kafka.uniqueName("writer")))) {
            producer.initTransactions();
            producer.beginTransaction();
            var _ = producer.send(new ProducerRecord<>(topic, "aborted".getBytes(UTF_8)));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            var _ = producer.send(new ProducerRecord<>(topic, "committed".getBytes(UTF_8)));
            producer.commitTransaction();
        }

        assertThat(kafka.readAll(topic))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactly("committed");
        assertThat(kafka.readAll(topic, Isolation.READ_UNCOMMITTED)).hasSize(2);
    }

    @Test
    void a_topic_has_the_config_it_was_created_with() throws Exception {
        var topic =
                kafka.createTopic(kafka.uniqueName("letters"), 1, Map.of("message.timestamp.type", "LogAppendTime"));
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);

        try (var admin = kafka.admin()) {
            var configs = admin.describeConfigs(List.of(resource)).all().get();

            assertThat(configs.values())
                    .singleElement()
                    .extracting(config -> config.get("message.timestamp.type").value())
                    .isEqualTo("LogAppendTime");
        }
    }

    @Test
    void a_record_of_nearly_4_mib_fits() {
        var topic = kafka.createTopic(kafka.uniqueName("images"));
        var image = new byte[4 * 1024 * 1024 - 1024];
        try (var producer = kafka.producer(Map.of("max.request.size", 4 * 1024 * 1024))) {
            var _ = producer.send(new ProducerRecord<>(topic, image));
        }

        assertThat(kafka.readAll(topic))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).hasSameSizeAs(image));
    }

    @Test
    void a_topic_that_nobody_created_is_not_made_by_writing_to_it() {
        try (var producer = kafka.producer(Map.of("max.block.ms", 1000));
                var admin = kafka.admin()) {
            var topic = kafka.uniqueName("nobody");
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, new byte[1]))
                            .get())
                    .isInstanceOf(ExecutionException.class);
            assertThatThrownBy(() ->
                            admin.describeTopics(List.of(topic)).allTopicNames().get())
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void the_shared_broker_is_not_for_stopping() {
        assertThatThrownBy(kafka::stop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("own = true");
    }

    @Nested
    class In_a_nested_class {
        @Test
        void the_broker_is_the_same(KafkaCluster nested) {
            assertThat(nested).isSameAs(kafka);
        }
    }
}
