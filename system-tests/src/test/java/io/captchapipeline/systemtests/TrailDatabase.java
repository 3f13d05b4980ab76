package io.captchapipeline.systemtests;

import io.captchapipeline.testkit.DatabaseServer;
import io.captchapipeline.testkit.FaultProxy;
import io.captchapipeline.testkit.promise.SecretsStay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/// Where audit sinks keep the trail.
sealed interface TrailDatabase extends AutoCloseable {
    /// Below a directory, as a file or behind this wire.
    static TrailDatabase start(Kind kind, Path directory, FaultProxy wire) {
        return switch (kind) {
            case FILE -> new File(directory.resolve("audit.db"));
            case SERVER -> Server.start(directory.resolve("postgres"), wire);
        };
    }

    /// What a sink is told.
    String url();

    /// Past all wires.
    Connection connect() throws SQLException;

    /// Looks at every row that it keeps.
    void search(SecretsStay promise);

    @Override
    void close();

    enum Kind {
        FILE,
        SERVER
    }

    /// SQLite's.
    record File(Path path) implements TrailDatabase {
        @Override
        public String url() {
            return "jdbc:sqlite:" + path;
        }

        @Override
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url());
        }

        @Override
        public void search(SecretsStay promise) {
            for (var suffix : List.of("", "-wal")) {
                var file = path.resolveSibling(path.getFileName() + suffix);
                if (file.toFile().exists()) {
                    promise.searchFiles(file);
                }
            }
        }

        @Override
        public void close() {
            // It goes with its directory.
        }
    }

    /// PostgreSQL.
    record Server(DatabaseServer server, int wire) implements TrailDatabase {
        static Server start(Path data, FaultProxy wire) {
            try {
                var server = new DatabaseServer(data);
                wire.carryTo(server.port());
                return new Server(server, wire.port());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String url() {
            return DatabaseServer.url(wire);
        }

        @Override
        public Connection connect() throws SQLException {
            return server.connect();
        }

        /// Column by column: in its files values may stand compressed.
        @Override
        public void search(SecretsStay promise) {
            try (var connection = connect();
                    var tables = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
                while (tables.next()) {
                    search(promise, connection, tables.getString("TABLE_NAME"));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void search(SecretsStay promise, Connection connection, String table) throws SQLException {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
                while (rows.next()) {
                    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                        var where = "a row of " + table;
                        var value = rows.getObject(column);
                        if (value instanceof byte[] bytes) {
                            promise.search(where, bytes);
                        } else if (value != null) {
                            promise.search(where, value.toString());
                        }
                    }
                }
            }
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
