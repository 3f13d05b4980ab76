package io.captchapipeline.audit;

import com.zaxxer.hikari.HikariConfig;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One file on this machine. A single writer, and readers that it does not block (WAL); each commit is on the disk.
record Sqlite(String url) implements Engine {
    private static final String PREFIX = "jdbc:sqlite:";
    private static final int BUSY_MS = 5_000;
    private static final int READERS = 4;

    static Sqlite at(Secret url) {
        return new Sqlite(url.value());
    }

    @Override
    public String place() {
        var place = url.substring(PREFIX.length());
        int parameters = place.indexOf('?');
        var file = parameters < 0 ? place : place.substring(0, parameters);
        return file.startsWith("file:") ? file.substring("file:".length()) : file;
    }

    @Override
    public String migrations() {
        return "classpath:io/captchapipeline/audit/migrations/sqlite";
    }

    @Override
    public DataSource unpooled() {
        var place = place();
        if (place.isBlank() || place.startsWith(":") || url.contains("mode=memory")) {
            throw refused("a trail in memory is lost with the process; name a file");
        }
        var directory = Path.of(place).toAbsolutePath().getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw refused("its directory " + directory + " cannot be made; make it, or name another place");
        }
        return source(TransactionMode.IMMEDIATE);
    }

    @Override
    public HikariConfig writing() {
        return pool("audit-writing", TransactionMode.IMMEDIATE, 1);
    }

    @Override
    public HikariConfig reading() {
        return pool("audit-reading", TransactionMode.DEFERRED, READERS);
    }

    /// That it can be written, which opening a file does not show. Nothing of it stays.
    @Override
    public void check(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 1");
        }
        connection.rollback();
    }

    @Override
    public RuntimeException refusal(SQLException e) {
        return switch (code(e)) {
            case SQLITE_CANTOPEN,
                    SQLITE_CANTOPEN_FULLPATH,
                    SQLITE_CANTOPEN_CONVPATH,
                    SQLITE_CANTOPEN_ISDIR,
                    SQLITE_PERM,
                    SQLITE_AUTH,
                    SQLITE_IOERR ->
                refused("the file " + place() + " cannot be opened or made; check the place and who may write there");
            case SQLITE_READONLY,
                    SQLITE_READONLY_DIRECTORY,
                    SQLITE_READONLY_CANTINIT,
                    SQLITE_READONLY_CANTLOCK,
                    SQLITE_READONLY_DBMOVED,
                    SQLITE_READONLY_RECOVERY,
                    SQLITE_READONLY_ROLLBACK ->
                refused("the file " + place()
                        + " is read-only, or lies on a read-only disk; the trail has to be written");
            case SQLITE_NOTADB, SQLITE_CORRUPT ->
                refused("the file " + place() + " is no SQLite database, or is damaged; name another place");
            case SQLITE_FULL -> new StartFailure("The disk that holds " + place() + " is full");
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new StartFailure("The trail in " + place() + " is locked by another program; end that first");
            default -> new StartFailure("The trail in " + place() + " cannot be opened: " + code(e));
        };
    }

    private static SQLiteErrorCode code(SQLException e) {
        return e instanceof SQLiteException lite ? lite.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
    }

    private HikariConfig pool(String name, TransactionMode mode, int size) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source(mode));
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(BUSY_MS);
        config.setInitializationFailTimeout(-1);
        return config;
    }

    private SQLiteDataSource source(TransactionMode mode) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MS);
        config.setTransactionMode(mode);
        var source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }

    @Override
    public String toString() {
        return PREFIX + place();
    }
}
