package io.captchapipeline.router;

import static org.awaitility.Awaitility.await;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.kit.RunningServices;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.testkit.ChildJvm;
import io.captchapipeline.testkit.KafkaCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The real service against a real broker, in this JVM or in one of its own.
final class TestRouter implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);
    static final String TOKEN = "api-token-of-the-tests";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final RunningServices services;

    private TestRouter(int port, RunningServices services) {
        this.port = port;
        this.services = services;
    }

    /// Returns when it is ready.
    static TestRouter start(KafkaCluster cluster, Path data, Map<String, String> more) {
        int port = FreePort.next();
        var services = ServiceMain.runAll(
                List.of(ResultRouter.DEFINITION), Environment.of(environment(cluster, data, port, more)));
        var router = new TestRouter(port, services);
        router.awaitReady();
        return router;
    }

    static TestRouter start(KafkaCluster cluster, Path data) {
        return start(cluster, data, Map.of());
    }

    static ChildJvm child(KafkaCluster cluster, Path data) {
        return ChildJvm.start(ResultRouter.class, environment(cluster, data, FreePort.next(), Map.of()));
    }

    void awaitReady() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(services::isReady);
    }

    int port() {
        return port;
    }

    HttpResponse<String> get(String path) {
        return getting(path).join();
    }

    CompletableFuture<HttpResponse<String>> getting(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return HTTP.sendAsync(request, BodyHandlers.ofString());
    }

    String metrics() {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + services.managementPort() + "/metrics"))
                .build();
        return HTTP.sendAsync(request, BodyHandlers.ofString()).join().body();
    }

    @Override
    public void close() {
        services.close();
    }

    private static Map<String, String> environment(
            KafkaCluster cluster, Path data, int port, Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", cluster.bootstrapServers(),
                "BIND_ADDRESS", "127.0.0.1",
                "RESULTS_PORT", Integer.toString(port),
                "MANAGEMENT_PORT", "0",
                "API_TOKEN", TOKEN,
                "DATA_DIR", data.toString(),
                "TOPIC_REPLICATION", "1",
                "LOG_LEVEL", "warn",
                "CALLBACK_URL", "http://127.0.0.1:1/callback"));
        environment.putAll(more);
        return environment;
    }
}
