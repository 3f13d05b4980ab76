package io.captchapipeline.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A PostgreSQL server that may be killed and started again, with its data and at its port.
public final class DatabaseServer implements AutoCloseable {
    private static final long PATIENCE_S = 30;

    private final Path data;
    private EmbeddedPostgres server;
    private final int port;

    /// Starts it on any free port.
    ///
    /// @param data where it keeps its files
    public DatabaseServer(Path data) throws IOException {
        this.data = data;
        server = start(0);
        port = server.getPort();
    }

    public int port() {
        return port;
    }

    public String url() {
        return url(port);
    }

    /// The same database by another way.
    public static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    /// All its processes end at once and write nothing more: it has to recover when it starts. Commits of the last
    /// moments may be gone.
    public void kill() throws IOException, InterruptedException {
        var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
        var postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow().onExit();
        new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
        try {
            postmaster.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("PostgreSQL does not end", e);
        }
        server.close();
    }

    public void startAgain() throws IOException {
        server = start(port);
    }

    public Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
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
