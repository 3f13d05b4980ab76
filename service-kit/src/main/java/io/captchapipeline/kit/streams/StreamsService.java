package io.captchapipeline.kit.streams;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.health.HealthCheck;
import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.schemas.topic.ServiceContract;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Kafka Streams, from its start to its close. Closing it commits what was processed and leaves the group, so that
/// a successor need not wait until this member's session is over.
public final class StreamsService implements RunningStreams {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsService.class);

    private static final Duration DRAIN = Duration.ofSeconds(12);

    private final String application;
    private final Topology topology;
    private final Map<String, Object> configs;
    private final Worked worked = new Worked();
    private final ThreadReplacement threads;
    private final StreamsWatch watch;
    private volatile @Nullable KafkaStreams streams;

    /// Puts the topology together; nothing runs yet.
    ///
    /// @throws io.captchapipeline.kit.ForbiddenTopic when it touches a topic that the contract does not give
    public StreamsService(
            ServiceContract contract,
            StreamsPlan plan,
            StreamsHome home,
            KafkaClients clients,
            Clock clock,
            MeterRegistry metrics) {
        application = plan.application(contract.name());
        configs = StreamsConfigs.of(application, plan, home, clients);
        if (StreamsConfigs.isPrompt(configs)) {
            configs.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, WorkNoted.class);
            configs.put(WorkNoted.WORKED, worked);
        }
        topology = plan.topology().apply(new TopologyConfig(new StreamsConfig(configs)));
        TopologyTopics.check(contract, application, topology);
        threads = new ThreadReplacement(clock);
        watch = new StreamsWatch(application, threads, metrics);
    }

    @Override
    public void start() {
        var properties = new Properties();
        properties.putAll(configs);
        try {
            var made = StreamsConfigs.isPrompt(configs)
                    ? new KafkaStreams(topology, properties, new PromptClients(worked))
                    : new KafkaStreams(topology, properties);
            made.setStateListener(watch);
            made.setGlobalStateRestoreListener(watch);
            made.setUncaughtExceptionHandler(threads);
            streams = made;
            made.start();
        } catch (StreamsException e) {
            throw new StartFailure("Kafka Streams cannot start " + application + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<HealthCheck> checks() {
        return List.of(new HealthCheck(application, watch::health));
    }

    @Override
    public <K> Optional<KeyQueryMetadata> ownerOf(String store, K key, Serializer<K> keys) {
        var running = streams;
        if (running == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(running.queryMetadataForKey(store, key, keys))
                    .filter(found -> !found.equals(KeyQueryMetadata.NOT_AVAILABLE));
        } catch (StreamsException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    @Override
    public <K, V> ReadOnlyKeyValueStore<K, V> store(String name, int partition) {
        var running = streams;
        if (running == null) {
            throw new StreamsNotStartedException(application + " has not started");
        }
        return running.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<K, V>keyValueStore())
                .withPartition(partition));
    }

    @Override
    public void close() {
        var running = streams;
        if (running == null) {
            return;
        }
        var leaving = CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(DRAIN);
        if (!running.close(leaving)) {
            LOG.atWarn().addKeyValue("application", application).log("Streams did not close in time");
        }
    }
}
