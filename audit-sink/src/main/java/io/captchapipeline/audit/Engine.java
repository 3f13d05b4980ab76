package io.captchapipeline.audit;

import com.zaxxer.hikari.HikariConfig;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// A kind of database that can hold the trail: how it is reached, and what it means by its errors.
sealed interface Engine permits Sqlite, Postgres {

    static Engine of(Secret url) {
        return url.value().startsWith("jdbc:sqlite:") ? Sqlite.at(url) : Postgres.at(url);
    }

    /// Where the database is, without its password.
    String place();

    /// Where its migrations are on the class path.
    String migrations();

    /// New connections, one by one, of the kind that changes tables.
    DataSource unpooled();

    HikariConfig writing();

    HikariConfig reading();

    /// What the first connection has to show.
    void check(Connection connection) throws SQLException;

    /// In a sentence for people, why the service cannot start.
    RuntimeException refusal(SQLException e);

    /// The refusal of a setting; ends the process with 78.
    default InvalidSettings refused(String sentence) {
        return new InvalidSettings(List.of(Catalogue.AUDIT_DATABASE_URL + " cannot be used: " + sentence));
    }
}
