package io.captchapipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.TransactionMode;

/// A database that cannot hold the trail is refused at the start, in a sentence that says what to do and shows no
/// password. What is a matter of settings ends the process with 78, what is not with 1.
class RefusedStartIT {
    private static final String PASSWORD = "hunter2hunter2";
    private static EmbeddedPostgres postgres;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("password_encryption", "scram-sha-256")
                .start();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE USER guest PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
            statement.execute("ALTER ROLE guest SET default_transaction_read_only = off");
            statement.execute("CREATE USER checked PASSWORD '" + PASSWORD + "'");
            askForPassword("checked", statement);
            statement.execute("CREATE USER reader PASSWORD '" + PASSWORD + "'");
            statement.execute("ALTER ROLE reader SET default_transaction_read_only = on");
        }
    }

    /// The server trusts all others.
    private static void askForPassword(String user, Statement statement) throws Exception {
        try (var found = statement.executeQuery("SHOW hba_file")) {
            found.next();
            var file = Path.of(found.getString(1));
            Files.writeString(file, "host all " + user + " all scram-sha-256\n" + Files.readString(file));
        }
        statement.execute("SELECT pg_reload_conf()");
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @Test
    void a_file_that_cannot_be_made() {
        refused("jdbc:sqlite:/proc/none/audit.db").hasMessageContaining("/proc/none");
        refused("jdbc:sqlite:" + directory).hasMessageContaining("cannot be opened");
    }

    @Test
    void a_file_that_cannot_be_written() throws Exception {
        var url = "jdbc:sqlite:" + directory.resolve("audit.db");
        new TestTrail(url, directory).close();
        var readOnly = new SQLiteConfig();
        readOnly.setReadOnly(true);
        readOnly.setTransactionMode(TransactionMode.IMMEDIATE);
        var engine = Engine.of(new Secret(url));

        try (var connection = readOnly.createConnection(url)) {
            assertThatThrownBy(() -> engine.check(connection))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(engine.refusal(e))
                                    .isInstanceOf(InvalidSettings.class)
                                    .hasMessageContaining("read-only"));
        }
    }

    @Test
    void a_file_that_is_no_database() throws Exception {
        var file = directory.resolve("audit.db");
        Files.write(file, new byte[4096]);
        Files.writeString(file, "This is no database, whatever it is called. ".repeat(100));

        refused("jdbc:sqlite:" + file).hasMessageContaining("no SQLite database");
    }

    @Test
    void memory() {
        refused("jdbc:sqlite::memory:").hasMessageContaining("name a file");
    }

    @Test
    void a_url_that_is_none() {
        refused("jdbc:postgresql://host:port/db").hasMessageContaining("jdbc:postgresql://HOST:PORT/DATABASE");
    }

    @Test
    void a_user_or_database_that_is_not_there() {
        refused(postgres("nobody", "postgres")).hasMessageContaining("user or password");
        refused(postgres("postgres", "nowhere")).hasMessageContaining("there is no database");
    }

    @Test
    void a_wrong_password() throws Exception {
        var right = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=checked&password=";
        try (var _ = DriverManager.getConnection(right + PASSWORD)) {
            refused(right + "hunter2").hasMessageContaining("user or password").hasMessageNotContaining("=hunter2");
        }
    }

    @Test
    void a_user_who_may_not_write() {
        refused(postgres("guest", "postgres")).hasMessageContaining("may not create tables");
        refused(postgres("reader", "postgres")).hasMessageContaining("read-only");
    }

    @Test
    void a_database_that_cannot_hold_every_character() {
        refused(postgres("postgres", "latin")).hasMessageContaining("UTF8");
    }

    @Test
    void a_host_that_is_not_known() {
        refused("jdbc:postgresql://there.is.invalid/audit?user=u&password=" + PASSWORD)
                .hasMessageContaining("not known");
    }

    @Test
    void nobody_who_answers_is_no_matter_of_settings() throws Exception {
        int port = FreePort.next();
        assertThatThrownBy(() -> start("jdbc:postgresql://127.0.0.1:" + port + "/audit?user=u&password=" + PASSWORD))
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("127.0.0.1:" + port, "AUDIT_DATABASE_URL")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void heads_that_somebody_else_wrote() throws Exception {
        var file = directory.resolve("audit-heads");
        Files.writeString(file, "captcha-results 0 1 1 00\nsigned by me\n");
        var keys = AuditKeys.from(TestTrail.KEY);

        assertThatThrownBy(() -> new HeadsFile(directory, keys).read())
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void a_directory_where_no_heads_can_be_kept() {
        var keys = AuditKeys.from(TestTrail.KEY);

        assertThatThrownBy(() -> new HeadsFile(Path.of("/proc/none"), keys).prepare(List.of()))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("DATA_DIR");
    }

    private static String postgres(String user, String database) {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database + "?user=" + user + "&password="
                + PASSWORD;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String url) {
        return assertThatThrownBy(() -> start(url))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("AUDIT_DATABASE_URL cannot be used")
                .hasMessageNotContaining(PASSWORD);
    }

    private static void start(String url) {
        try (var database = new Database(Engine.of(new Secret(url)), AuditKeys.from(TestTrail.KEY))) {
            database.start();
        }
    }
}
