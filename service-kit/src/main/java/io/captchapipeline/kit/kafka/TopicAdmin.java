package io.captchapipeline.kit.kafka;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Creates topics, and compares those that exist with what the pipeline's map wants.
public final class TopicAdmin implements AutoCloseable {

    /// An unreachable broker is named within 10 s of the process start, on a busy machine too.
    private static final int PATIENCE_MS = (int) Duration.ofSeconds(6).toMillis();

    private final KafkaClients clients;
    private final Admin admin;
    private final int partitions;
    private final int replication;

    /// @throws StartFailure when the brokers' addresses name no host
    public TopicAdmin(KafkaClients clients, int partitions, int replication) {
        this.clients = clients;
        this.partitions = partitions;
        this.replication = replication;
        try {
            this.admin = Admin.create(clients.admin(Map.of(
                    AdminClientConfig.CLIENT_ID_CONFIG, "captcha-topics",
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS)));
        } catch (KafkaException e) {
            throw unreachable(e.getCause() == null ? e : e.getCause());
        }
    }

    public static TopicAdmin of(Settings settings) {
        return new TopicAdmin(
                KafkaClients.of(settings),
                settings.get(Catalogue.TOPIC_PARTITIONS),
                settings.get(Catalogue.TOPIC_REPLICATION));
    }

    /// Every topic of the pipeline, those of the routes too.
    public static List<Topic<?>> wanted(Settings settings) {
        return Topics.all(routes(settings));
    }

    /// The same topics, and the twins that the routes have of them.
    public static List<Topic<?>> withRoutes(Collection<Topic<?>> topics, Settings settings) {
        var all = new ArrayList<>(topics);
        topics.stream()
                .filter(Topic::byRoute)
                .forEach(topic -> routes(settings).forEach(route -> all.add(topic.forRoute(route))));
        return List.copyOf(all);
    }

    /// Creates what is missing.
    ///
    /// @return the names of those it created
    public List<String> create(Collection<Topic<?>> topics) {
        var wanted = topics.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(partitions), (short) replication)
                        .configs(topic.configs()))
                .toList();
        return admin.createTopics(wanted).values().entrySet().stream()
                .filter(created -> isNew(created.getKey(), created.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /// How each of these stands, in their order.
    public List<TopicState> describe(Collection<Topic<?>> topics) {
        var descriptions = descriptions(topics);
        var configs = configs(descriptions.keySet());
        return topics.stream()
                .map(topic -> state(
                        topic,
                        Optional.ofNullable(descriptions.get(topic.name())),
                        Optional.ofNullable(configs.get(topic.name()))))
                .toList();
    }

    /// Refuses a start upon topics that do not fit.
    ///
    /// @return what differs, and does not matter enough to refuse
    public List<String> check(Collection<Topic<?>> topics) {
        var states = describe(topics);
        var faults = states.stream()
                .flatMap(state -> state.fault(partitions).stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new StartFailure(faults.stream()
                    .map(fault -> "  " + fault)
                    .collect(Collectors.joining("\n", "Topics do not fit:\n", "")));
        }
        return states.stream()
                .flatMap(state -> state.differences(replication).stream())
                .toList();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private static List<Route> routes(Settings settings) {
        return settings.find(Catalogue.ROUTES).orElse(List.of()).stream()
                .map(Route::new)
                .toList();
    }

    private static TopicState state(Topic<?> topic, Optional<TopicDescription> found, Optional<Config> config) {
        if (found.isEmpty()) {
            return new TopicState(topic, 0, 0, Map.of());
        }
        var partitions = found.get().partitions();
        var values = config.map(Config::entries).orElse(List.of()).stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        var replicas = partitions.stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        return new TopicState(topic, partitions.size(), replicas, values);
    }

    private Map<String, TopicDescription> descriptions(Collection<Topic<?>> topics) {
        var asked =
                admin.describeTopics(topics.stream().map(Topic::name).toList()).topicNameValues();
        return asked.entrySet().stream()
                .flatMap(topic -> existing(topic.getValue()).stream())
                .collect(Collectors.toMap(TopicDescription::name, found -> found));
    }

    private Map<String, Config> configs(Collection<String> names) {
        var resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return await(admin.describeConfigs(resources).all()).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    }

    private boolean isNew(String name, KafkaFuture<Void> created) {
        try {
            created.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw failure("create topic " + name, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Optional<TopicDescription> existing(KafkaFuture<TopicDescription> asked) {
        try {
            return Optional.of(asked.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failure("describe topics", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure("describe topics", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private StartFailure failure(String what, ExecutionException e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return cause instanceof TimeoutException
                ? unreachable(cause)
                : new StartFailure("Kafka at " + clients.servers() + " does not " + what + ": " + cause.getMessage());
    }

    private StartFailure unreachable(Throwable cause) {
        return new StartFailure(
                "Kafka does not answer at " + clients.servers()
                        + ": start it (./captcha up brings one of its own), or set KAFKA_BOOTSTRAP_SERVERS to where it is",
                cause);
    }

    private static StartFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StartFailure("Interrupted while asking Kafka for its topics", e);
    }
}
