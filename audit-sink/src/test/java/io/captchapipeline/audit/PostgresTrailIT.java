package io.captchapipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.zaxxer.hikari.HikariDataSource;
import io.captchapipeline.kit.consume.BatchHandler.Taken;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresTrailIT extends TrailConformance {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    /// Longer than it may stand still within a transaction.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void who_stands_still_within_a_transaction_does_not_lock_out_its_heir() throws Exception {
        trail.take(Records.results(0, 5));
        try (var pool = new HikariDataSource(trail.engine.writing())) {
            var frozen = pool.getConnection();
            frozen.setAutoCommit(false);
            frozen.createStatement().execute("UPDATE audit_positions SET next_offset = 100");

            assertThatThrownBy(() -> trail.take(Records.results(5, 5))).isInstanceOf(DatabaseTrouble.class);
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(DatabaseTrouble.class)
                    .until(() -> trail.take(Records.results(5, 5)) == Taken.STORED);
        }
        assertThat(trail.breaks()).isEmpty();
    }

    @Test
    void health_does_not_wait_for_a_database_that_hangs() throws Exception {
        trail.take(Records.results(0, 5));
        trail.keeper.keep();
        try (var other = new TestTrail(trail.url, directory.resolve("other"))) {
            other.take(Records.results(5, 5));
        }
        trail.take(Records.results(10, 5));
        try (var connection = trail.engine.unpooled().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE audit_events IN ACCESS EXCLUSIVE MODE");
            var keeping = Thread.ofPlatform().start(trail.keeper::keep);
            await().until(() -> waiting(statement) > 0);

            assertTimeoutPreemptively(
                    PATIENCE, () -> assertThat(trail.isSaidToBeIntact()).isTrue());
            assertThat(keeping.isAlive()).isTrue();
            connection.rollback();
            keeping.join();
        }
        assertThat(trail.keptRows()).isEqualTo(15);
    }

    private static int waiting(Statement statement) throws SQLException {
        try (var found = statement.executeQuery("SELECT COUNT(*) FROM pg_locks WHERE NOT granted")) {
            found.next();
            return found.getInt(1);
        }
    }

    @Override
    String freshUrl() throws Exception {
        var name = "trail_" + COUNT.incrementAndGet();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + name);
        }
        return postgres.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name;
    }
}
