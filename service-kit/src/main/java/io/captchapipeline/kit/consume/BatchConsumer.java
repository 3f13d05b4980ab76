package io.captchapipeline.kit.consume;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.health.HealthCheck;
import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.schemas.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads topics in batches for a [BatchHandler]. The group only shares out the partitions; offsets are the handler's.
///
/// The classic protocol, because with it the session's time-out is ours to shorten: a killed instance's partitions
/// move after 10 s, not after the 45 s that brokers give members of the newer one.
public final class BatchConsumer implements Running {

    private static final Logger LOG = LoggerFactory.getLogger(BatchConsumer.class);

    private static final int MIB = 1024 * 1024;
    private static final int MOST_RECORDS = 1000;
    private static final int MOST_BYTES = 8 * MIB;
    private static final int LARGEST_RECORD = 4 * MIB;
    private static final int SESSION_MS = 10_000;
    private static final int HEARTBEAT_MS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    private final String group;
    private final KafkaClients clients;
    private final List<String> topics;
    private final BatchHandler handler;
    private final BatchWatch watch;
    private final MeterRegistry metrics;
    private @Nullable Reading reading;

    private record Reading(BatchLoop loop, Thread thread, KafkaClientMetrics meters) {}

    public BatchConsumer(
            String group,
            KafkaClients clients,
            List<? extends Topic<?>> topics,
            BatchHandler handler,
            Clock clock,
            MeterRegistry metrics) {
        this.group = group;
        this.clients = clients;
        this.topics = topics.stream().map(Topic::name).toList();
        this.handler = handler;
        this.watch = new BatchWatch(group, clock, metrics);
        this.metrics = metrics;
    }

    @Override
    public void start() {
        var consumer = new KafkaConsumer<>(
                clients.consumer(configs()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var meters = new KafkaClientMetrics(consumer);
        meters.bindTo(metrics);
        var loop = new BatchLoop(consumer, topics, handler, watch);
        reading = new Reading(loop, Thread.ofPlatform().name(group).start(loop), meters);
    }

    @Override
    public List<HealthCheck> checks() {
        return List.of(new HealthCheck(group, watch::health));
    }

    /// Finishes the batch in hand, unless it takes too long: what is not stored is read again.
    @Override
    public void close() {
        var running = reading;
        if (running == null) {
            return;
        }
        reading = null;
        running.loop.stop();
        try {
            if (!running.thread.join(PATIENCE)) {
                running.thread.interrupt();
                if (!running.thread.join(LAST_PATIENCE)) {
                    LOG.atWarn().addKeyValue("group", group).log("A batch is still being stored");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.meters.close();
    }

    private Map<String, Object> configs() {
        return Map.ofEntries(
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, group),
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, group),
                Map.entry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic"),
                Map.entry(
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName()),
                Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS),
                Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS),
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS),
                Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MOST_BYTES),
                Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, LARGEST_RECORD));
    }
}
