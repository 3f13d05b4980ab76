package io.captchapipeline.audit;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The database is away, full, locked, or does not do what it is asked. The message is for operators, so it holds
/// nothing of any row: drivers quote them.
final class DatabaseTrouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    private DatabaseTrouble(String message) {
        super(message);
    }

    static DatabaseTrouble of(Engine engine, JdbiException e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return new DatabaseTrouble("the database " + engine.place() + " fails: "
                        + cause.getClass().getSimpleName() + ", SQL state " + sql.getSQLState() + ", code "
                        + sql.getErrorCode());
            }
        }
        return new DatabaseTrouble(
                "the database " + engine.place() + " fails: " + e.getClass().getSimpleName());
    }
}
