package io.captchapipeline.kit.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Consumers that share a topic's partitions with the others of their group. They read what is committed, from the
/// beginning where the group has not been before, and commit nothing by themselves.
///
/// They speak the classic protocol. There the session's length is ours to choose (the newer protocol leaves it to the
/// broker, 45 s), and a member's generation changes inside `poll` only, on the thread that polls; in the newer one a
/// background thread moves it on at any time, so nobody could say which generation delivered a record.
public final class GroupMember {

    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FETCH_BYTES = 16 * 1024 * 1024;

    private GroupMember() {}

    /// @param records at most so many come of one poll
    public static KafkaConsumer<byte[], byte[]> of(KafkaClients clients, String group, int records) {
        return new KafkaConsumer<>(
                clients.consumer(configs(group, records)), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> configs(String group, int records) {
        return Map.ofEntries(
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, group),
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, group),
                Map.entry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic"),
                Map.entry(
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName()),
                Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(SESSION.toMillis())),
                Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.toIntExact(HEARTBEAT.toMillis())),
                Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis())),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, records));
    }
}
