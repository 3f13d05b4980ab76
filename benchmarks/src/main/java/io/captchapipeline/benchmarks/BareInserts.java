package io.captchapipeline.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The ceiling of an audit sink: the rows that it wrote, written again to a table of the same form, as many in a
/// transaction as it takes at the most, by a program that does nothing else.
final class BareInserts {
    private static final int IN_A_TRANSACTION = 1000;

    private BareInserts() {}

    /// Rows a second, but for the first ones.
    ///
    /// @param from how many rows go before
    static double rate(AuditDatabase database, int round, int from) throws SQLException {
        try (var connection = database.connect(round)) {
            var rows = rows(connection);
            database.createBare(connection);
            connection.setAutoCommit(false);
            insert(connection, rows.subList(0, from));
            long begin = System.nanoTime();
            insert(connection, rows.subList(from, rows.size()));
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (count(connection, "SELECT COUNT(*) FROM bare_events") != rows.size()) {
                throw new IllegalStateException("not every bare row is there");
            }
            return (rows.size() - from) / seconds;
        }
    }

    static long count(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }

    private static List<Object[]> rows(Connection connection) throws SQLException {
        var rows = new ArrayList<Object[]>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT * FROM audit_events")) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                var row = new Object[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = found.getObject(i + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static void insert(Connection connection, List<Object[]> rows) throws SQLException {
        int columns = rows.getFirst().length;
        var values = String.join(", ", Collections.nCopies(columns, "?"));
        try (var statement = connection.prepareStatement("INSERT INTO bare_events VALUES (" + values + ")")) {
            for (int begin = 0; begin < rows.size(); begin += IN_A_TRANSACTION) {
                for (var row : rows.subList(begin, Math.min(rows.size(), begin + IN_A_TRANSACTION))) {
                    add(statement, row);
                }
                statement.executeBatch();
                connection.commit();
            }
        }
    }

    private static void add(PreparedStatement statement, Object[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            statement.setObject(i + 1, row[i]);
        }
        statement.addBatch();
    }
}
