package io.captchapipeline.benchmarks;

import io.captchapipeline.ingress.IngressCallback;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.router.ResultRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Broker, ingress and router, each in a process of its own.
///
/// @param servers where the broker is
/// @param ingressPort where callbacks are taken
record Pipe(String servers, int ingressPort, Child broker, Child ingress, Child router) implements AutoCloseable {

    private static final int MOST_TRIES = 10;

    /// Returns when all listen.
    static Pipe start(Variant variant) throws IOException {
        var directory = Files.createTempDirectory("captcha-benchmark");
        int brokerPort = Child.freePort();
        int ingressPort = Child.freePort();
        int resultsPort = Child.freePort();
        var environment = environment(directory, brokerPort, ingressPort, resultsPort);
        var broker = Child.start(
                        BrokerServer.class,
                        Map.of(),
                        directory,
                        Stream.concat(
                                        Stream.of(directory.resolve("kafka").toString(), Integer.toString(brokerPort)),
                                        variant.broker().entrySet().stream().map(Object::toString))
                                .toArray(String[]::new))
                .listening(brokerPort);
        createTopics(environment);
        var ingress = Child.start(IngressCallback.class, environment, directory);
        var router = Child.start(ResultRouter.class, environment, directory, options(variant));
        return new Pipe(
                "127.0.0.1:" + brokerPort,
                ingressPort,
                broker,
                ingress.listening(ingressPort),
                router.listening(resultsPort));
    }

    /// CPU time so far.
    Duration ofRouter() {
        return router.cpu();
    }

    Duration ofBroker() {
        return broker.cpu();
    }

    @Override
    public void close() {
        router.close();
        ingress.close();
        broker.close();
    }

    /// As soon as the broker answers, which is later than it listens.
    private static void createTopics(Map<String, String> environment) {
        var settings = Settings.read(Environment.of(environment), List.of("result-router"));
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

    private static List<String> options(Variant variant) {
        return variant.streams().entrySet().stream()
                .map(setting -> "-Dcaptcha.streams." + setting)
                .toList();
    }

    /// Nothing is late, so that nothing but callbacks keeps the router busy.
    private static Map<String, String> environment(Path directory, int brokerPort, int ingressPort, int resultsPort) {
        return new HashMap<>(Map.ofEntries(
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + brokerPort),
                Map.entry("TOPIC_REPLICATION", "1"),
                Map.entry("DATA_DIR", directory.toString()),
                Map.entry("BIND_ADDRESS", "127.0.0.1"),
                Map.entry("INGRESS_PORT", Integer.toString(ingressPort)),
                Map.entry("RESULTS_PORT", Integer.toString(resultsPort)),
                Map.entry("MANAGEMENT_PORT", "0"),
                Map.entry("CALLBACK_URL", "http://127.0.0.1:" + ingressPort + "/callback"),
                Map.entry("CALLBACK_SECRET", Targets.SECRET),
                Map.entry("CALLBACK_ALLOWED_IPS", "127.0.0.0/8"),
                Map.entry("REQUEST_TIMEOUT", "1h"),
                Map.entry("ATTEMPT_TIMEOUT", "1h"),
                Map.entry("POLL_AFTER", "30m"),
                Map.entry("LOG_LEVEL", "warn")));
    }
}
