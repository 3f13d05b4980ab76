package io.captchapipeline.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;

/// A database that an audit sink writes to, empty in each round.
sealed interface AuditDatabase extends AutoCloseable {
    String name();

    /// Where the sink finds the one of a round.
    String url(int round) throws SQLException;

    /// A table `bare_events`, of the same columns and indices as `audit_events`, beside it.
    void createBare(Connection connection) throws SQLException;

    /// A connection that commits as durably as the sink's.
    default Connection connect(int round) throws SQLException {
        return DriverManager.getConnection(url(round));
    }

    @Override
    void close() throws IOException;

    /// A server of its own, as it comes.
    record Postgres(EmbeddedPostgres server) implements AuditDatabase {
        static Postgres start(Path directory) throws IOException {
            return new Postgres(EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("postgres"))
                    .start());
        }

        @Override
        public String name() {
            return "PostgreSQL";
        }

        @Override
        public String url(int round) throws SQLException {
            var place = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres";
            try (var connection = DriverManager.getConnection(place);
                    var statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS round" + round);
            }
            return place + "&reWriteBatchedInserts=true&currentSchema=round" + round;
        }

        @Override
        public void createBare(Connection connection) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE bare_events (LIKE audit_events INCLUDING ALL)");
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /// A file, as by default.
    record Sqlite(Path directory) implements AuditDatabase {
        @Override
        public String name() {
            return "SQLite";
        }

        @Override
        public String url(int round) {
            return "jdbc:sqlite:" + directory.resolve("round" + round + ".db");
        }

        @Override
        public Connection connect(int round) throws SQLException {
            var connection = DriverManager.getConnection(url(round));
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
            }
            return connection;
        }

        @Override
        public void createBare(Connection connection) throws SQLException {
            try (var statement = connection.createStatement()) {
                var made = new ArrayList<String>();
                try (var found = statement.executeQuery("SELECT sql FROM sqlite_master"
                        + " WHERE tbl_name = 'audit_events' AND sql IS NOT NULL ORDER BY type DESC")) {
                    while (found.next()) {
                        made.add(found.getString(1).replace("audit_events", "bare_events"));
                    }
                }
                for (var sql : made) {
                    statement.execute(sql);
                }
            }
        }

        @Override
        public void close() {
            // Its files are gone with the directory.
        }
    }
}
