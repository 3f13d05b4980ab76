package io.captchapipeline.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/// What an account may read of what a command would like to.
class TailTest {

    private static final KafkaClients KAFKA = new KafkaClients(List.of("broker:9092"), Map.of());

    private final Guarded consumer = new Guarded();

    @Test
    void a_topic_that_is_welcome_and_not_told_of_is_left_out() {
        consumer.hidden = Set.of("extra");

        try (var tail = Tail.over(consumer, KAFKA, List.of("needed"), List.of("extra"))) {
            consumer.addRecord(record("needed"));

            assertThat(tail.next(Duration.ZERO))
                    .extracting(ConsumerRecord::topic)
                    .containsExactly("needed");
            assertThat(tail.leftOut()).containsExactly("extra");
        }
    }

    @Test
    void a_topic_that_is_welcome_and_not_handed_out_is_left_out() {
        try (var tail = Tail.over(consumer, KAFKA, List.of("needed"), List.of("extra", "more"))) {
            consumer.setPollException(new TopicAuthorizationException(Set.of("extra")));
            assertThat(tail.next(Duration.ZERO)).isEmpty();
            consumer.addRecord(record("needed"));
            consumer.addRecord(record("more"));

            assertThat(tail.next(Duration.ZERO)).hasSize(2);
            assertThat(tail.leftOut()).containsExactly("extra");
        }
    }

    @Test
    void a_topic_that_is_needed_is_missed() {
        consumer.hidden = Set.of("needed");
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> Tail.over(consumer, KAFKA, List.of("needed"), List.of("extra")))
                .withMessageContaining("broker:9092 does not let this account read needed");
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void a_topic_that_is_needed_is_missed_later_too() {
        try (var tail = Tail.over(consumer, KAFKA, List.of("needed"), List.of())) {
            consumer.setPollException(new TopicAuthorizationException(Set.of("needed")));

            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> tail.next(Duration.ZERO))
                    .withMessageContaining("does not let this account read needed");
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic) {
        return new ConsumerRecord<>(topic, 0, 0, new byte[0], new byte[0]);
    }

    /// A broker that does not tell everybody of every topic.
    private static final class Guarded extends MockConsumer<byte[], byte[]> {
        private Set<String> hidden = Set.of();

        Guarded() {
            super("earliest");
            for (var topic : List.of("needed", "extra", "more")) {
                updateEndOffsets(Map.of(new TopicPartition(topic, 0), 0L));
            }
        }

        @Override
        public synchronized List<PartitionInfo> partitionsFor(String topic) {
            if (hidden.contains(topic)) {
                throw new TopicAuthorizationException(Set.of(topic));
            }
            return List.of(new PartitionInfo(topic, 0, null, null, null));
        }
    }
}
