package io.captchapipeline.audit;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.kit.RunningServices;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.testkit.KafkaCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The sink in this process, as it is asked from outside.
final class RunningSink implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final int managementPort = FreePort.next();
    private final int apiPort = FreePort.next();
    private final RunningServices running;

    RunningSink(KafkaCluster kafka, Path directory, String databaseUrl) {
        var environment = Environment.of(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "AUDIT_KEY", TestTrail.KEY.value(),
                "AUDIT_DATABASE_URL", databaseUrl,
                "DATA_DIR", directory.toString(),
                "AUDIT_PORT", Integer.toString(apiPort),
                "MANAGEMENT_PORT", Integer.toString(managementPort),
                "TOPIC_PARTITIONS", Integer.toString(TestLoad.PARTITIONS),
                "TOPIC_REPLICATION", "1"));
        running = ServiceMain.runAll(List.of(AuditSink.DEFINITION), environment);
    }

    boolean isReady() {
        return running.isReady();
    }

    String health() throws Exception {
        return get(managementPort, "/health/ready").body();
    }

    /// Records that wait to be read.
    double lag() throws Exception {
        return metric("captcha_batch_lag");
    }

    /// How often the broker was asked for records and answered.
    double fetches() throws Exception {
        return metric("kafka_consumer_fetch_manager_fetch_total");
    }

    HttpResponse<String> ask(String path) throws Exception {
        return get(apiPort, path);
    }

    private double metric(String name) throws Exception {
        return get(managementPort, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() {
        running.close();
        client.close();
    }
}
