package io.captchapipeline.audit;

import com.zaxxer.hikari.HikariDataSource;
import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.InvalidSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/// The database that holds the trail, from its migrations to its transactions.
final class Database implements Running {
    private static final int ONLY = 1;

    private final Engine engine;
    private final AuditKeys keys;
    private @Nullable Pool writing;
    private @Nullable Pool reading;

    private record Pool(HikariDataSource source, Jdbi jdbi) {
        static Pool of(HikariDataSource source) {
            return new Pool(source, Jdbi.create(source));
        }
    }

    Database(Engine engine, AuditKeys keys) {
        this.engine = engine;
        this.keys = keys;
    }

    @Override
    public void start() {
        var source = engine.unpooled();
        check(source);
        new Migrations(engine).run(source);
        writing = Pool.of(new HikariDataSource(engine.writing()));
        reading = Pool.of(new HikariDataSource(engine.reading()));
        refuseAnotherKey();
    }

    /// All of it, or nothing. Must not block for anything but the database.
    <T> T write(Function<Handle, T> work) {
        return inTransaction(writing, TransactionIsolationLevel.READ_COMMITTED, work);
    }

    /// All of it at one moment.
    <T> T read(Function<Handle, T> work) {
        return inTransaction(reading, TransactionIsolationLevel.REPEATABLE_READ, work);
    }

    @Override
    public void close() {
        if (writing != null) {
            writing.source.close();
        }
        if (reading != null) {
            reading.source.close();
        }
    }

    private <T> T inTransaction(@Nullable Pool pool, TransactionIsolationLevel level, Function<Handle, T> work) {
        if (pool == null) {
            throw new IllegalStateException("the database is not open");
        }
        try {
            return engine instanceof Sqlite
                    ? pool.jdbi.inTransaction(work::apply)
                    : pool.jdbi.inTransaction(level, work::apply);
        } catch (JdbiException e) {
            throw DatabaseTrouble.of(engine, e);
        }
    }

    private void check(DataSource source) {
        try (var connection = source.getConnection()) {
            engine.check(connection);
        } catch (SQLException e) {
            throw engine.refusal(e);
        }
    }

    private void refuseAnotherKey() {
        var begunWith = write(handle -> {
            handle.execute(
                    "INSERT INTO audit_key (id, digest) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    ONLY,
                    keys.check().bytes());
            return handle.createQuery("SELECT digest FROM audit_key WHERE id = ?")
                    .bind(0, ONLY)
                    .map((row, _) -> new Digest(row.getBytes(1)))
                    .one();
        });
        if (!begunWith.equals(keys.check())) {
            throw new InvalidSettings(List.of(Catalogue.AUDIT_KEY + " is not the key that the trail in "
                    + engine.place() + " was begun with: bring that one back, or begin a trail in a new database"));
        }
    }
}
