package io.captchapipeline.systemtests;

import static org.awaitility.Awaitility.await;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.ingress.IngressCallback;
import io.captchapipeline.kit.RunningServices;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.router.ResultRouter;
import io.captchapipeline.sandbox.Behaviour;
import io.captchapipeline.sandbox.Sandbox;
import io.captchapipeline.sandbox.SandboxConfig;
import io.captchapipeline.testkit.ChildJvm;
import io.captchapipeline.testkit.KafkaCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The way of a request: ingress and router in this JVM, the sandbox as the solver, and further services in processes
/// of their own.
final class Deployment implements AutoCloseable {
    static final String CALLBACK_SECRET = "a secret of at least 16 characters";

    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, String> environment;
    private final Sandbox sandbox;
    private final RunningServices services;

    private Deployment(Map<String, String> environment, Sandbox sandbox, RunningServices services) {
        this.environment = environment;
        this.sandbox = sandbox;
        this.services = services;
    }

    /// Returns when all are ready.
    ///
    /// @param settings of all services
    static Deployment start(KafkaCluster cluster, Path data, Behaviour solver, Map<String, String> settings) {
        var sandbox = Sandbox.start(new SandboxConfig(data.resolve("sandbox"), "127.0.0.1", 0));
        sandbox.behaviour(solver);
        var environment = environment(cluster, data, sandbox.port());
        environment.putAll(settings);
        try (var topics = TopicAdmin.of(settings(environment))) {
            topics.create(TopicAdmin.wanted(settings(environment)));
        }
        var services = ServiceMain.runAll(
                List.of(IngressCallback.DEFINITION, ResultRouter.DEFINITION), Environment.of(environment));
        await().atMost(PATIENCE).until(services::isReady);
        return new Deployment(environment, sandbox, services);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /// In a process of its own.
    ChildJvm start(Class<?> service) {
        return ChildJvm.start(service, environment);
    }

    @Override
    public void close() {
        services.close();
        sandbox.close();
    }

    private static Settings settings(Map<String, String> environment) {
        return Settings.read(Environment.of(environment), List.of("result-router"));
    }

    private static Map<String, String> environment(KafkaCluster cluster, Path data, int solver) {
        var ingress = FreePort.next();
        return new HashMap<>(Map.ofEntries(
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", cluster.bootstrapServers()),
                Map.entry("TOPIC_REPLICATION", "1"),
                Map.entry("DATA_DIR", data.toString()),
                Map.entry("BIND_ADDRESS", "127.0.0.1"),
                Map.entry("INGRESS_PORT", Integer.toString(ingress)),
                Map.entry("RESULTS_PORT", Integer.toString(FreePort.next())),
                Map.entry("MANAGEMENT_PORT", "0"),
                Map.entry("CAPTCHAAI_URL", "http://127.0.0.1:" + solver),
                Map.entry("CAPTCHAAI_API_KEY", KEY),
                Map.entry("CALLBACK_URL", "http://127.0.0.1:" + ingress + "/callback"),
                Map.entry("CALLBACK_SECRET", CALLBACK_SECRET),
                Map.entry("LOG_LEVEL", "warn")));
    }
}
