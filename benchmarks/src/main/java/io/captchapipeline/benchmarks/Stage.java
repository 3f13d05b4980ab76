package io.captchapipeline.benchmarks;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.ingress.IngressCallback;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A broker with the topics of the pipeline, and the services on it, each in a process of its own. Of all that nothing
/// stays when it is closed.
final class Stage implements AutoCloseable {
    private static final int MOST_TRIES = 10;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Scratch scratch = Scratch.make();
    private final int brokerPort = FreePort.next();
    private final Map<String, String> environment = new HashMap<>();

    private Stage() throws IOException {}

    /// @param settings of the broker, in place of ours
    static Stage start(Map<String, String> settings) throws IOException {
        return start(settings, Map.of());
    }

    /// @param settings of the broker, in place of ours
    /// @param services settings of all services, in place of ours
    static Stage start(Map<String, String> settings, Map<String, String> services) throws IOException {
        var stage = new Stage();
        services.forEach(stage::with);
        try {
            stage.startBroker(settings);
            return stage;
        } catch (IOException | RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    String servers() {
        return "127.0.0.1:" + brokerPort;
    }

    Path directory() {
        return scratch.path();
    }

    Child broker() {
        return (Child) open.peekLast();
    }

    /// For everything that is started from now on.
    Stage with(String name, Object value) {
        environment.put(name, value.toString());
        return this;
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    Child start(Class<?> main, List<String> options, String... arguments) throws IOException {
        var child = Child.start(main, environment, directory(), options, arguments);
        open.push(child);
        return child;
    }

    Child start(Class<?> main, String... arguments) throws IOException {
        return start(main, List.of(), arguments);
    }

    /// Where routers of this stage send solvers back to.
    ///
    /// @return the port that it listens on
    int startIngress() throws IOException {
        int port = FreePort.next();
        with("INGRESS_PORT", port)
                .with("CALLBACK_URL", "http://127.0.0.1:" + port + "/callback")
                .with("CALLBACK_ALLOWED_IPS", "127.0.0.0/8");
        start(IngressCallback.class).listening(port);
        return port;
    }

    /// Is closed with it.
    <T extends AutoCloseable> T add(T closeable) {
        open.push(closeable);
        return closeable;
    }

    private void startBroker(Map<String, String> settings) throws IOException {
        start(
                        BrokerServer.class,
                        Stream.concat(
                                        Stream.of(
                                                directory().resolve("kafka").toString(), Integer.toString(brokerPort)),
                                        settings.entrySet().stream().map(Object::toString))
                                .toArray(String[]::new))
                .listening(brokerPort);
        with("KAFKA_BOOTSTRAP_SERVERS", servers());
        with("TOPIC_REPLICATION", 1);
        with("DATA_DIR", directory());
        with("BIND_ADDRESS", "127.0.0.1");
        with("MANAGEMENT_PORT", 0);
        with("CALLBACK_SECRET", Targets.SECRET);
        with("LOG_LEVEL", "warn");
        createTopics();
    }

    /// As soon as the broker answers, which is later than it listens.
    private void createTopics() {
        var settings = Settings.read(Environment.of(environment), List.of("ingress-callback"));
        for (int tries = 1; ; tries++) {
            try (var topics = TopicAdmin.of(settings)) {
                topics.create(TopicAdmin.wanted(settings));
                return;
            } catch (StartFailure e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("does not close: " + e);
            }
        }
        scratch.close();
    }
}
