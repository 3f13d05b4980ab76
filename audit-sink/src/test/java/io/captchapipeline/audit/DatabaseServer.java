package io.captchapipeline.audit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL server that may be killed and started again, with its data and at its port.
final class DatabaseServer implements AutoCloseable {
    private static final long PATIENCE_S = 30;

    private final Path data;
    private EmbeddedPostgres server;
    private final int port;

    DatabaseServer(Path data) throws IOException {
        this.data = data;
        server = start(0);
        port = server.getPort();
    }

    int port() {
        return port;
    }

    String url() {
        return url(port);
    }

    /// The same database by another way.
    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    /// All its processes end at once and write nothing more: it has to recover when it starts. Commits of the last
    /// moments may be gone.
    void kill() throws IOException, InterruptedException {
        var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
        var postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow().onExit();
        new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
        try {
            postmaster.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("PostgreSQL does not end", e);
        }
        server.close();
    }

    void startAgain() throws IOException {
        server = start(port);
    }

    long stored() throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM audit_events")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private EmbeddedPostgres start(int at) throws IOException {
        var builder = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
        return at == 0 ? builder.start() : builder.setPort(at).start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
