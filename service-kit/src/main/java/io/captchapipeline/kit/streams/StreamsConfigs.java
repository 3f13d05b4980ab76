package io.captchapipeline.kit.streams;

import static java.util.Map.entry;

import io.captchapipeline.kit.kafka.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/// What Kafka Streams is set to. docs/topology.md has the figures behind these numbers.
final class StreamsConfigs {

    /// Ours, not Kafka's: commit as soon as all that was read is worked on.
    static final String PROMPT = "prompt";

    private static final int LARGEST_BATCH = 4 * 1024 * 1024;
    private static final int GATHERED_AT_ONCE = 64 * 1024;
    private static final int FETCHED_AT_ONCE = 16 * 1024 * 1024;
    private static final int BUFFERED_RECORDS = 200;
    /// What a prompt application does not wait for.
    private static final long COMMIT_INTERVAL_MS = 100;
    /// How late a punctuation can be.
    private static final long POLL_MS = 50;
    private static final int SESSION_MS = 6_000;
    private static final int TRANSACTION_MS = 10_000;
    private static final int RETRY_BACKOFF_MS = 5;
    /// Longer than any transaction that somebody waits for; a commit flushes.
    private static final int UNTIL_FLUSHED_MS = 100;
    private static final int RESTORED_AT_ONCE = 10_000;
    /// A changelog that is at its end holds up those that are to be restored next, for as long as a broker may wait for
    /// more of it.
    private static final int NEXT_RESTORED_AFTER_MS = 20;
    /// How long a changelog may keep what its store has replaced or forgotten, where something is still written.
    private static final long FORGOTTEN_AFTER_MS = Duration.ofHours(1).toMillis();

    private StreamsConfigs() {}

    static boolean isPrompt(Map<String, Object> configs) {
        return Boolean.parseBoolean(String.valueOf(configs.get(PROMPT)));
    }

    static Map<String, Object> of(String application, StreamsPlan plan, StreamsHome home, KafkaClients clients) {
        var configs = new HashMap<String, Object>();
        prefixed(configs, StreamsConfig.MAIN_CONSUMER_PREFIX, clients.consumer(mainConsumer(plan)));
        prefixed(configs, StreamsConfig.RESTORE_CONSUMER_PREFIX, clients.consumer(restoreConsumer()));
        prefixed(configs, StreamsConfig.PRODUCER_PREFIX, clients.producer(producer()));
        prefixed(configs, StreamsConfig.ADMIN_CLIENT_PREFIX, clients.admin(Map.of()));
        configs.put(PROMPT, plan.pace() == StreamsPlan.Pace.PROMPT);
        configs.putAll(topics(home));
        configs.putAll(own(application, plan, home));
        configs.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, clients.servers());
        plan.advertised()
                .ifPresent(address ->
                        configs.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address.host() + ":" + address.port()));
        configs.putAll(StreamsOverrides.given());
        return configs;
    }

    private static Map<String, Object> own(String application, StreamsPlan plan, StreamsHome home) {
        return Map.ofEntries(
                entry(StreamsConfig.APPLICATION_ID_CONFIG, application),
                entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
                entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS),
                entry(StreamsConfig.POLL_MS_CONFIG, POLL_MS),
                entry(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L),
                entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, plan.threads()),
                entry(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS),
                entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L),
                entry("processing.exception.handler.global.enabled", true),
                entry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true),
                entry(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDbMemory.class),
                entry(StreamsConfig.REPLICATION_FACTOR_CONFIG, home.replication()),
                entry(
                        StreamsConfig.STATE_DIR_CONFIG,
                        home.directory().toAbsolutePath().toString()));
    }

    private static Map<String, Object> topics(StreamsHome home) {
        var configs = new HashMap<String, Object>();
        configs.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Integer.toString(LARGEST_BATCH));
        configs.put(StreamsConfig.topicPrefix(TopicConfig.SEGMENT_MS_CONFIG), Long.toString(FORGOTTEN_AFTER_MS));
        configs.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG), Long.toString(FORGOTTEN_AFTER_MS));
        if (home.replication() > 2) {
            configs.put(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG), "2");
        }
        return configs;
    }

    private static Map<String, Object> mainConsumer(StreamsPlan plan) {
        var configs = new HashMap<String, Object>(Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MS / 4,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_AT_ONCE,
                ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS));
        if (plan.pace().gathering().isPositive()) {
            configs.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, GATHERED_AT_ONCE);
            configs.put(
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                    Math.toIntExact(plan.pace().gathering().toMillis()));
        }
        return configs;
    }

    private static Map<String, Object> restoreConsumer() {
        return Map.of(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RESTORED_AT_ONCE,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_AT_ONCE,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, NEXT_RESTORED_AFTER_MS);
    }

    private static Map<String, Object> producer() {
        return Map.of(
                ProducerConfig.LINGER_MS_CONFIG, UNTIL_FLUSHED_MS,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_BATCH,
                ProducerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, Duration.ofSeconds(30).toMillis());
    }

    private static void prefixed(Map<String, Object> configs, String prefix, Map<String, Object> own) {
        own.forEach((name, value) -> configs.put(prefix + name, value));
    }
}
