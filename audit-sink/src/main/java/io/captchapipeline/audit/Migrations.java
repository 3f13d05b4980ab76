package io.captchapipeline.audit;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;

/// Brings the tables to the form that this program knows: each migration as a whole, or not at all.
final class Migrations {
    private final Engine engine;
    private final String location;

    Migrations(Engine engine) {
        this(engine, engine.migrations());
    }

    Migrations(Engine engine, String location) {
        this.engine = engine;
        this.location = location;
    }

    /// @throws RuntimeException in a sentence for people, when the database is not one that can hold the trail
    void run(DataSource source) {
        var flyway = Flyway.configure()
                .dataSource(source)
                .locations(location)
                .failOnMissingLocations(true)
                .table("audit_schema_history")
                .loggers("slf4j")
                .load();
        try {
            refuseNewer(flyway);
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw engine.refused("the tables in " + engine.place() + " were made by another program; give the trail a"
                    + " database of its own");
        } catch (FlywayException e) {
            throw refusal(e);
        }
    }

    private void refuseNewer(Flyway flyway) {
        var current = flyway.info().current();
        if (current == null) {
            return;
        }
        for (var applied : flyway.info().applied()) {
            if (applied.getState().isApplied() && !applied.getState().isResolved()) {
                throw engine.refused("the tables in " + engine.place() + " are of version " + applied.getVersion()
                        + ", newer than this program; run the program that made them, or a newer one");
            }
        }
    }

    private RuntimeException refusal(FlywayException e) {
        var cause = sql(e);
        return cause == null
                ? engine.refused("the tables in " + engine.place() + " are not those of a trail; give the trail a"
                        + " database of its own")
                : engine.refusal(cause);
    }

    private static @Nullable SQLException sql(Throwable e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
