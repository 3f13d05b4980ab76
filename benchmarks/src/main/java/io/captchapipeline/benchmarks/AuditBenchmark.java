package io.captchapipeline.benchmarks;

import io.captchapipeline.audit.AuditSink;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// An audit sink, a process of its own, that drains what topics hold into a database, each record as one row; beside
/// the same rows inserted in batches by a program that does nothing else.
final class AuditBenchmark {
    private static final double TARGET = 0.5;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_NANOS = 50_000_000;
    /// Of the rows, that go before what is counted.
    private static final int A_THIRD = 3;

    private final int requests;
    private final int rounds;

    AuditBenchmark(int requests, int rounds) {
        this.requests = requests;
        this.rounds = rounds;
    }

    Findings run() throws IOException, SQLException {
        try (var stage = Stage.start(Map.of())) {
            stage.with("AUDIT_KEY", "a key for benchmarks only, and long enough")
                    .with("AUDIT_PORT", 0);
            Happenings.write(stage.servers(), requests);
            return new Findings(List.of(
                    row(stage, stage.add(AuditDatabase.Postgres.start(stage.directory()))),
                    row(stage, stage.add(new AuditDatabase.Sqlite(stage.directory())))));
        }
    }

    private Row row(Stage stage, AuditDatabase database) throws IOException, SQLException {
        var rates = new ArrayList<Double>();
        var ceilings = new ArrayList<Double>();
        for (int round = 1; round <= rounds; round++) {
            rates.add(drain(stage, database, round));
            ceilings.add(BareInserts.rate(database, round, rows() / A_THIRD));
            System.out.printf(
                    "%s, round %d: sink %.0f rows/s, bare inserts %.0f/s%n",
                    database.name(), round, rates.getLast(), ceilings.getLast());
        }
        return new Row(
                "audit rows a second, " + database.name(),
                "/s",
                Figures.median(rates),
                "bare inserts in batches",
                Figures.median(ceilings),
                TARGET,
                true);
    }

    private int rows() {
        return requests * Happenings.EACH;
    }

    private double drain(Stage stage, AuditDatabase database, int round) throws IOException, SQLException {
        try (var connection = database.connect(round);
                var _ = stage.with("AUDIT_DATABASE_URL", database.url(round))
                        .with("DATA_DIR", stage.directory().resolve(database.name() + round))
                        .start(AuditSink.class)) {
            double rate = rate(connection);
            check(connection);
            return rate;
        }
    }

    /// Rows a second, from the third of them on.
    private double rate(Connection connection) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long begin = 0;
        long already = 0;
        for (long stored = 0; stored < rows(); ) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(stored + " rows of " + rows() + " after " + PATIENCE);
            }
            LockSupport.parkNanos(LOOK_NANOS);
            stored = stored(connection);
            if (begin == 0 && stored >= rows() / A_THIRD) {
                begin = System.nanoTime();
                already = stored;
            }
        }
        return (rows() - already) / ((System.nanoTime() - begin) / 1e9);
    }

    /// By the positions, which move with the rows. Nothing while the tables are not made yet.
    private static long stored(Connection connection) throws SQLException {
        try {
            return BareInserts.count(connection, "SELECT COALESCE(SUM(seq), 0) FROM audit_positions");
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("audit_positions")) {
                return 0;
            }
            throw e;
        }
    }

    private void check(Connection connection) throws SQLException {
        long stored = BareInserts.count(connection, "SELECT COUNT(*) FROM audit_events");
        long different = BareInserts.count(
                connection,
                "SELECT COUNT(*) FROM (SELECT DISTINCT topic, partition, record_offset FROM audit_events) AS places");
        if (stored != rows() || different != rows()) {
            throw new IllegalStateException(
                    stored + " rows of " + different + " records are stored, and there were " + rows());
        }
    }
}
