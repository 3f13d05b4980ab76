package io.captchapipeline.kit;

import io.captchapipeline.kit.health.Health;
import io.captchapipeline.kit.health.HealthCheck;
import io.captchapipeline.kit.http.HttpService;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Services that share a process, from their start to their close.
public final class RunningServices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningServices.class);

    private enum State {
        STARTING,
        SERVING,
        DRAINING
    }

    private final ServiceProcess process;
    private final HttpService management;
    private final List<KafkaServiceContext> contexts = new ArrayList<>();
    private volatile Running parts = Running.all();
    private volatile State state = State.STARTING;

    private RunningServices(Settings settings) {
        process = ServiceProcess.of(settings);
        management = process.management(settings, this::readiness);
    }

    static RunningServices start(List<? extends ServiceDefinition<?>> definitions, Settings settings) {
        var configured = settingsOf(definitions, settings);
        try (var topics = TopicAdmin.of(settings)) {
            var check = new FutureTask<>(() -> checkTopics(topics, definitions, settings), null);
            Thread.ofVirtual().name("topic-check").start(check);
            var services = new RunningServices(settings);
            try {
                services.wire(configured);
                await(check);
                services.parts.start();
                services.process.kafkaCheck().awaitAnswer();
            } catch (RuntimeException e) {
                services.close();
                throw e;
            }
            services.state = State.SERVING;
            return services;
        }
    }

    /// Tells the log that all run; whoever reads it may send signals from then on.
    void announce() {
        LOG.atInfo()
                .addKeyValue(
                        "services",
                        String.join(
                                ",",
                                contexts.stream()
                                        .map(KafkaServiceContext::service)
                                        .toList()))
                .addKeyValue("management_port", managementPort())
                .log("Serving");
    }

    private void wire(List<Configured<?>> services) {
        var all = new ArrayList<Running>(List.of(management, process.kafkaCheck()));
        for (var service : services) {
            var context = new KafkaServiceContext(service.definition().contract(), process);
            contexts.add(context);
            all.add(context);
            all.add(service.wire(context));
        }
        parts = Running.all(all);
    }

    static List<String> names(List<? extends ServiceDefinition<?>> definitions) {
        return definitions.stream().map(ServiceDefinition::name).toList();
    }

    public int managementPort() {
        return management.port();
    }

    public boolean isReady() {
        return readiness().stream().allMatch(check -> check.read().get().up());
    }

    /// The checks that keep it from being ready, each with what it says.
    public Map<String, Map<String, Object>> down() {
        var down = new TreeMap<String, Map<String, Object>>();
        for (var check : readiness()) {
            var health = check.read().get();
            if (!health.up()) {
                down.put(check.name(), health.data());
            }
        }
        return down;
    }

    /// Turns readiness down, then closes what was started last first: nothing that was accepted is dropped.
    @Override
    public synchronized void close() {
        if (state == State.DRAINING) {
            return;
        }
        state = State.DRAINING;
        parts.close();
        contexts.forEach(KafkaServiceContext::close);
        process.close();
    }

    private List<HealthCheck> readiness() {
        var checks = new ArrayList<HealthCheck>();
        checks.add(new HealthCheck("lifecycle", this::lifecycle));
        checks.addAll(parts.checks());
        return checks;
    }

    private Health lifecycle() {
        return new Health(state == State.SERVING, Map.of("state", state.name()));
    }

    private static void checkTopics(
            TopicAdmin admin, List<? extends ServiceDefinition<?>> definitions, Settings settings) {
        var topics = new LinkedHashSet<Topic<?>>();
        for (var definition : definitions) {
            topics.addAll(definition.contract().reads());
            topics.addAll(definition.contract().writes());
        }
        admin.check(TopicAdmin.withRoutes(topics, settings))
                .forEach(difference -> LOG.atWarn().log(difference));
    }

    private static void await(FutureTask<?> check) {
        try {
            check.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("Topics could not be checked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while topics were checked");
        }
    }

    private static List<Configured<?>> settingsOf(List<? extends ServiceDefinition<?>> definitions, Settings settings) {
        var configured = new ArrayList<Configured<?>>();
        var problems = new ArrayList<String>();
        for (var definition : definitions) {
            try {
                configured.add(Configured.of(definition, settings));
            } catch (InvalidSettings e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        return configured;
    }

    /// A service that has its settings and can be put together.
    private record Configured<C>(ServiceDefinition<C> definition, C settings) {

        static <C> Configured<C> of(ServiceDefinition<C> definition, Settings settings) {
            return new Configured<>(definition, definition.settings().apply(settings.of(definition.name())));
        }

        Running wire(ServiceContext context) {
            return definition.wiring().apply(settings, context);
        }
    }
}
