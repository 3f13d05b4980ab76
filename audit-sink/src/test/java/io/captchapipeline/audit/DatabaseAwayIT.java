package io.captchapipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.captchapipeline.testkit.DatabaseServer;
import io.captchapipeline.testkit.FaultProxy;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The database goes away, or hangs, and comes back while records keep coming: the sink reads no further, says so, and
/// catches up by itself. `-Daudit.away=30` is how long it is away, in seconds.
@WithKafka(own = true)
@Timeout(300)
class DatabaseAwayIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("audit.away", 5));
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int EVENTS = 1_000;

    private final KafkaCluster kafka;

    @TempDir
    private Path directory;

    DatabaseAwayIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @BeforeAll
    static void createTopics(KafkaCluster kafka) {
        TestLoad.createTopics(kafka);
    }

    @Test
    void the_sink_waits_says_so_and_catches_up_by_itself() throws Exception {
        try (var database = new DatabaseServer(directory.resolve("postgres"));
                var wire = FaultProxy.listen().carryTo(database.port());
                var load = new TestLoad(kafka);
                var sink = new RunningSink(kafka, directory, DatabaseServer.url(wire.port()))) {
            load.write(EVENTS);
            awaitEverything(load, database, sink);

            wire.cut();
            var until = Instant.now().plus(AWAY);
            while (Instant.now().isBefore(until)) {
                load.write(EVENTS / 10);
            }
            await().atMost(PATIENCE).until(() -> !sink.isReady());
            assertThat(sink.health()).contains("captcha-audit-sink", "the database 127.0.0.1:" + wire.port());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.lag()).isPositive());
            assertThat(sink.ask("/audit").statusCode()).isEqualTo(503);

            wire.restore();
            awaitEverything(load, database, sink);
        }
    }

    @Test
    void a_database_that_hangs_is_told_of_and_nothing_more_is_read_meanwhile() throws Exception {
        try (var database = new DatabaseServer(directory.resolve("postgres"));
                var wire = FaultProxy.listen().carryTo(database.port());
                var load = new TestLoad(kafka);
                var sink = new RunningSink(kafka, directory, DatabaseServer.url(wire.port()))) {
            load.write(EVENTS);
            awaitEverything(load, database, sink);
            long before = stored(database);

            wire.stall();
            load.write(EVENTS);
            await().atMost(PATIENCE).until(() -> !sink.isReady());
            assertThat(sink.health()).contains("captcha-audit-sink");
            var fetches = sink.fetches();
            load.write(5 * EVENTS);
            assertThat(sink.fetches()).isPositive().isEqualTo(fetches);
            assertThat(stored(database)).isEqualTo(before);

            wire.delay(Duration.ofMillis(50));
            await().atMost(PATIENCE).until(() -> stored(database) > before + EVENTS);
            wire.restore();
            awaitEverything(load, database, sink);
        }
    }

    @Test
    void a_server_that_is_killed_and_started_again_holds_each_record_once() throws Exception {
        try (var database = new DatabaseServer(directory.resolve("postgres"));
                var load = new TestLoad(kafka);
                var sink = new RunningSink(kafka, directory, database.url())) {
            for (int round = 0; round < 3; round++) {
                long goal = stored(database) + EVENTS / 4;
                load.write(EVENTS);
                await().atMost(PATIENCE).until(() -> stored(database) >= goal);

                database.kill();
                load.write(EVENTS);
                await().atMost(PATIENCE).until(() -> !sink.isReady());
                database.startAgain();
            }
            awaitEverything(load, database, sink);
        }
    }

    /// Every committed record is a row, once, and the chain holds.
    private static void awaitEverything(TestLoad load, DatabaseServer database, RunningSink sink) throws Exception {
        var expected = load.committed().size();
        await().atMost(PATIENCE).until(() -> stored(database) >= expected);
        await().atMost(PATIENCE).until(sink::isReady);
        assertThat(stored(database)).isEqualTo(expected);
        assertThat(JSON.readTree(sink.ask("/audit/verify").body()))
                .isEqualTo(JSON.createObjectNode().put("intact", true).put("rows", expected));
    }

    private static long stored(DatabaseServer database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM audit_events")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
