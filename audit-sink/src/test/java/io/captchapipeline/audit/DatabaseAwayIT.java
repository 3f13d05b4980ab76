package io.captchapipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.captchapipeline.kit.RunningServices;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.testkit.FaultProxy;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The database goes away and comes back while records keep coming. `-Daudit.away=30` is how long, in seconds.
@WithKafka(own = true)
@Timeout(300)
class DatabaseAwayIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("audit.away", 5));
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int EVENTS = 1_000;

    private final KafkaCluster kafka;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int managementPort = freePort();
    private final int apiPort = freePort();

    @TempDir
    private Path directory;

    DatabaseAwayIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @Test
    void the_sink_waits_says_so_and_catches_up_by_itself() throws Exception {
        TestLoad.createTopics(kafka);
        try (var postgres = EmbeddedPostgres.start();
                var wire = FaultProxy.listen().carryTo(postgres.getPort());
                var load = new TestLoad(kafka);
                var running = sink(wire.port())) {
            load.write(EVENTS);
            await().atMost(PATIENCE).until(() -> stored(postgres) > 0);

            wire.cut();
            var until = Instant.now().plus(AWAY);
            while (Instant.now().isBefore(until)) {
                load.write(EVENTS / 10);
            }
            await().atMost(PATIENCE).until(() -> !running.isReady());
            assertThat(health()).contains("captcha-audit-sink", "the database 127.0.0.1:" + wire.port());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(lag()).isPositive());
            assertThat(get(apiPort, "/audit").statusCode()).isEqualTo(503);

            wire.restore();
            var expected = load.committed();
            await().atMost(PATIENCE).until(() -> stored(postgres) >= expected.size());
            await().atMost(PATIENCE).until(running::isReady);

            assertThat(stored(postgres)).isEqualTo(expected.size());
            assertThat(JSON.readTree(get(apiPort, "/audit/verify").body()))
                    .isEqualTo(JSON.createObjectNode().put("intact", true).put("rows", expected.size()));
        }
    }

    private RunningServices sink(int databasePort) {
        var environment = Environment.of(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "AUDIT_KEY", TestTrail.KEY.value(),
                "AUDIT_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres?user=postgres",
                "DATA_DIR", directory.toString(),
                "AUDIT_PORT", Integer.toString(apiPort),
                "MANAGEMENT_PORT", Integer.toString(managementPort),
                "TOPIC_PARTITIONS", Integer.toString(TestLoad.PARTITIONS),
                "TOPIC_REPLICATION", "1"));
        return ServiceMain.runAll(List.of(AuditSink.DEFINITION), environment);
    }

    private String health() throws Exception {
        return get(managementPort, "/health/ready").body();
    }

    private double lag() throws Exception {
        return get(managementPort, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("captcha_batch_lag"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static long stored(EmbeddedPostgres postgres) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM audit_events")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
