package io.captchapipeline.audit;

import com.zaxxer.hikari.HikariConfig;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Secret;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/// A database of its own at a PostgreSQL server.
record Postgres(Secret url, String place) implements Engine {
    private static final int MOST_CONNECTIONS = 4;
    private static final int PATIENCE_MS = 5_000;
    private static final int CONNECT_S = 5;
    private static final int ANSWER_S = 30;
    private static final int LONG_ANSWER_S = 300;
    /// A writer that dies or stands still within a transaction does not keep its locks, and who waits for one says so.
    private static final String LOCKS_OUT_NOBODY =
            "SET idle_in_transaction_session_timeout = '10s'; SET lock_timeout = '5s'";

    static Postgres at(Secret url) {
        var parsed = Driver.parseURL(url.value(), null);
        return new Postgres(url, parsed == null ? "" : place(parsed));
    }

    @Override
    public String migrations() {
        return "classpath:io/captchapipeline/audit/migrations/postgresql";
    }

    @Override
    public DataSource unpooled() {
        if (place.isEmpty()) {
            throw refused("it is not of the form jdbc:postgresql://HOST:PORT/DATABASE?user=USER&password=PASSWORD");
        }
        return source(ANSWER_S);
    }

    @Override
    public HikariConfig writing() {
        var config = pool("audit-writing", 2, ANSWER_S);
        config.setConnectionInitSql(LOCKS_OUT_NOBODY);
        return config;
    }

    @Override
    public HikariConfig reading() {
        return pool("audit-reading", MOST_CONNECTIONS, LONG_ANSWER_S);
    }

    @Override
    public void check(Connection connection) throws SQLException {
        var encoding = asked(connection, "SHOW server_encoding");
        if (!"UTF8".equals(encoding)) {
            throw refused("the database " + place + " is encoded in " + encoding + "; make one in UTF8");
        }
        if (!"off".equals(asked(connection, "SHOW transaction_read_only"))) {
            throw refused("the database " + place + " is read-only (a replica?); the trail has to be written");
        }
    }

    @Override
    public RuntimeException refusal(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "28P01", "28000" -> refused("the user or password in it is not accepted by " + place);
            case "3D000" -> refused("there is no database " + place + "; create it, or name another");
            case "42501" -> refused("its user may not create tables in " + place + "; grant that");
            case "25006" -> refused("the database " + place + " is read-only; the trail has to be written");
            case "08001" -> hasUnknownHost(e) ? refused("the host of " + place + " is not known") : silent();
            default -> silent();
        };
    }

    private StartFailure silent() {
        return new StartFailure(
                "No database answers at " + place + ": start it, or set AUDIT_DATABASE_URL to where it is");
    }

    private static boolean hasUnknownHost(Throwable e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String asked(Connection connection, String what) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(what)) {
            return answer.next() ? answer.getString(1) : null;
        }
    }

    private static String place(Properties parsed) {
        return parsed.getProperty("PGHOST") + ":" + parsed.getProperty("PGPORT") + "/" + parsed.getProperty("PGDBNAME");
    }

    private HikariConfig pool(String name, int size, int answerSeconds) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source(answerSeconds));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MS);
        config.setInitializationFailTimeout(-1);
        return config;
    }

    /// What the URL itself says goes over this.
    private PGSimpleDataSource source(int answerSeconds) {
        var source = new PGSimpleDataSource();
        source.setApplicationName("captcha-audit-sink");
        source.setConnectTimeout(CONNECT_S);
        source.setSocketTimeout(answerSeconds);
        source.setTcpKeepAlive(true);
        source.setReWriteBatchedInserts(true);
        source.setLogServerErrorDetail(false);
        source.setUrl(url.value());
        return source;
    }

    @Override
    public String toString() {
        return "jdbc:postgresql://" + place;
    }
}
