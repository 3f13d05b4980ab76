package io.captchapipeline.kit.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.kafka.KafkaClients;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/// The settings that promises rest on, as Kafka Streams understands them.
class StreamsConfigsTest {

    private static final String HOUR_MS = "3600000";

    private final StreamsConfig read = new StreamsConfig(configs(3));

    @Test
    void every_application_is_exactly_once() {
        assertThat(read.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)).isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
        assertThat(read.getMainConsumerConfigs("group", "client", 0))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("auto.offset.reset", "earliest");
        assertThat(read.getProducerConfigs("client")).containsEntry("enable.idempotence", true);
    }

    @Test
    void a_record_waits_for_nothing_but_its_commit() {
        assertThat(StreamsConfigs.isPrompt(configs(3))).isTrue();
        assertThat(read.getLong(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG))
                .isZero();
    }

    @Test
    void what_is_written_waits_for_the_commit_that_sends_it() {
        assertThat(read.getProducerConfigs("client")).containsEntry("linger.ms", 100);
    }

    @Test
    void who_is_calm_reads_and_commits_in_larger_portions() {
        var calm =
                new StreamsConfig(configs(3, StreamsPlan.of(_ -> new Topology()).calm()));
        assertThat(StreamsConfigs.isPrompt(calm.originals())).isFalse();
        assertThat(calm.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(100);
        assertThat(calm.getMainConsumerConfigs("group", "client", 0))
                .containsEntry("fetch.max.wait.ms", 20)
                .containsEntry("fetch.min.bytes", 65_536);
        assertThat(read.getMainConsumerConfigs("group", "client", 0)).doesNotContainKey("fetch.min.bytes");
    }

    @Test
    void topics_of_a_task_are_read_in_the_order_of_time() {
        assertThat(read.getLong(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG)).isZero();
    }

    @Test
    void an_instance_that_dies_is_missed_within_seconds_and_its_transaction_too() {
        assertThat(read.getMainConsumerConfigs("group", "client", 0)).containsEntry("session.timeout.ms", 6_000);
        assertThat(read.getProducerConfigs("client")).containsEntry("transaction.timeout.ms", 10_000);
    }

    @Test
    void an_empty_changelog_holds_up_the_next_one_for_no_longer_than_a_blink() {
        assertThat(read.getRestoreConsumerConfigs("client")).containsEntry("fetch.max.wait.ms", 20);
    }

    @Test
    void what_a_store_has_forgotten_leaves_its_changelog_within_about_an_hour() {
        assertThat(internalTopics(3))
                .containsEntry(TopicConfig.SEGMENT_MS_CONFIG, HOUR_MS)
                .containsEntry(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, HOUR_MS);
    }

    @Test
    void a_changelog_takes_what_a_topic_takes_and_is_as_safe() {
        assertThat(internalTopics(3))
                .containsEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "4194304")
                .containsEntry(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        assertThat(internalTopics(1)).doesNotContainKey(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        assertThat(read.getInt(StreamsConfig.REPLICATION_FACTOR_CONFIG)).isEqualTo(3);
    }

    private static Map<String, Object> internalTopics(int replication) {
        return new StreamsConfig(configs(replication)).originalsWithPrefix(StreamsConfig.TOPIC_PREFIX);
    }

    private static Map<String, Object> configs(int replication) {
        return configs(replication, StreamsPlan.of(_ -> new Topology()));
    }

    private static Map<String, Object> configs(int replication, StreamsPlan plan) {
        return StreamsConfigs.of(
                "captcha-test",
                plan,
                new StreamsHome(Path.of("state"), replication),
                new KafkaClients(List.of("nowhere:1"), Map.of()));
    }
}
