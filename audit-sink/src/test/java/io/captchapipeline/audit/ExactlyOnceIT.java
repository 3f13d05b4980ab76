package io.captchapipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.testkit.ChildJvm;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.captchapipeline.testkit.promise.SecretsStay;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to the sink, the trail holds what a reader of committed records sees, each record once, and no
/// secret. `-Daudit.events=50000` makes it a long test.
@WithKafka(own = true)
@Timeout(600)
class ExactlyOnceIT {
    private static final int EVENTS = Integer.getInteger("audit.events", 6_000);
    private static final int KILLS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KafkaCluster kafka;

    @TempDir
    Path directory;

    ExactlyOnceIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @Test
    void killed_five_times_and_doubled_by_a_zombie_the_trail_holds_each_committed_record_once() throws Exception {
        TestLoad.createTopics(kafka);
        var secrets = secrets();
        try (var load = new TestLoad(kafka)) {
            var sink = startSink("data");
            for (int i = 0; i < KILLS; i++) {
                var goal = stored() + EVENTS / (KILLS + 2);
                load.write(EVENTS / KILLS);
                await().atMost(PATIENCE).until(() -> stored() >= goal);
                sink.kill();
                secrets.search("the log of the sink", String.join("\n", sink.lines()));
                sink = startSink("data");
            }
            try (var zombie = sink;
                    var heir = standIn(zombie)) {
                load.write(EVENTS / KILLS);
                zombie.resume();
                load.write(EVENTS / KILLS);
                var expected = load.committed();
                await().atMost(PATIENCE).until(() -> stored() >= expected.size());
                assertThat(heir.isAlive()).isTrue();
                assertThat(origins())
                        .containsOnlyKeys(expected)
                        .allSatisfy((_, count) -> assertThat(count).isEqualTo(1));
            }
        }
        try (var trail = new TestTrail(url(), directory.resolve("data"))) {
            assertThat(trail.breaks()).isEmpty();
        }
        secrets.searchFiles(directory);
        secrets.verify();
    }

    /// Another sink takes over, past the session of the first, which stands still and does not know.
    private ChildJvm standIn(ChildJvm zombie) throws Exception {
        await().atMost(PATIENCE).until(() -> stored() > 0);
        zombie.suspend();
        return startSink("heir");
    }

    private static SecretsStay secrets() {
        var secrets = new SecretsStay();
        secrets.secret("key of the trail", TestTrail.KEY.value());
        secrets.secret("solutions", "token of r-");
        secrets.secret("proxy's password", "hunter2@203.0.113.7");
        secrets.secret("API key", TestLoad.API_KEY);
        secrets.secret("ticket", TestLoad.TICKET);
        secrets.secret("cookie", TestLoad.COOKIE);
        secrets.secret("image", TestLoad.IMAGE);
        return secrets;
    }

    private ChildJvm startSink(String dataDirectory) throws IOException {
        var environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "AUDIT_KEY", TestTrail.KEY.value(),
                "AUDIT_DATABASE_URL", url(),
                "DATA_DIR", directory.resolve(dataDirectory).toString(),
                "AUDIT_PORT", Integer.toString(FreePort.next()),
                "MANAGEMENT_PORT", Integer.toString(FreePort.next()),
                "TOPIC_PARTITIONS", Integer.toString(TestLoad.PARTITIONS),
                "TOPIC_REPLICATION", "1");
        var child = ChildJvm.start(AuditSink.class, environment);
        child.awaitLine(line -> line.contains("Serving"));
        return child;
    }

    private long stored() {
        return asked("SELECT COUNT(*), '' FROM audit_events").getOrDefault("", 0L);
    }

    private Map<String, Long> origins() {
        return asked("SELECT COUNT(*), topic || '-' || partition || '@' || record_offset FROM audit_events GROUP BY 2");
    }

    private Map<String, Long> asked(String sql) {
        var found = new TreeMap<String, Long>();
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.put(rows.getString(2), rows.getLong(1));
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    String url() {
        return "jdbc:sqlite:" + directory.resolve("audit.db");
    }
}
