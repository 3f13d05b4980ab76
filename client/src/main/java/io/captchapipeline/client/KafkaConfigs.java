package io.captchapipeline.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/// The settings of each of Kafka's clients: what was passed through, and over it what we rely on.
record KafkaConfigs(ClientConfig config) {
    private static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;
    private static final int FETCH_BYTES = 8 * 1024 * 1024;
    private static final int LONGEST_BACK_OFF_MS = 1000;
    private static final long NEVER_IDLE_MS = Duration.ofDays(365).toMillis();
    /// A group of workers has them from its own settings at the broker, and the client refuses them.
    private static final Set<String> NOT_SHARED = Set.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG);

    /// Nothing is lost nor doubled on the way, and nothing blocks the caller: what finds no room fails at once.
    Map<String, Object> producer() {
        var patience = Math.toIntExact(config.limits().patience().toMillis());
        return with(
                ProducerConfig.configDef(),
                Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        0,
                        ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                        NEVER_IDLE_MS,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        MAX_REQUEST_BYTES,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        patience,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        patience));
    }

    /// Without a group: every client sees every committed outcome from where it stands. Where that place is gone, the
    /// oldest record that is left is the next.
    Map<String, Object> outcomeConsumer() {
        var patience = Math.toIntExact(config.limits().patience().toMillis());
        return with(
                ConsumerConfig.configDef(),
                Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        FETCH_BYTES,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        MAX_REQUEST_BYTES,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        patience,
                        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        patience));
    }

    /// One record at a time, each of which somebody answers for.
    Map<String, Object> shareConsumer(String group) {
        var patience = Math.toIntExact(config.limits().patience().toMillis());
        var configs = with(
                ConsumerConfig.configDef(),
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
                        "explicit",
                        ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
                        "record_limit",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        patience));
        configs.keySet().removeAll(NOT_SHARED);
        return configs;
    }

    Map<String, Object> admin() {
        var patience = Math.toIntExact(config.limits().patience().toMillis());
        return with(
                AdminClientConfig.configDef(),
                Map.of(
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience));
    }

    private Map<String, Object> with(ConfigDef known, Map<String, Object> own) {
        var configs = new HashMap<String, Object>(config.kafka());
        configs.keySet().retainAll(known.names());
        configs.putIfAbsent(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_BACK_OFF_MS);
        configs.putAll(own);
        configs.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return configs;
    }
}
