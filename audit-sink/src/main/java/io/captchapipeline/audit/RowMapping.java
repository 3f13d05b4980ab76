package io.captchapipeline.audit;

import io.captchapipeline.kit.consume.Partition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// `audit_events`, column by column.
final class RowMapping {
    static final String COLUMNS = "topic, partition, record_offset, seq, record_at, type, request_id, task_id, status,"
            + " route, method, attempt, record_key, payload, headers, digest";
    static final String INSERT = "INSERT INTO audit_events (" + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private RowMapping() {}

    static void bind(PreparedBatch batch, Link link) {
        var row = link.row();
        int i = 0;
        batch.bind(i++, row.partition().topic())
                .bind(i++, row.partition().number())
                .bind(i++, row.offset())
                .bind(i++, link.seq())
                .bind(i++, row.at().toEpochMilli())
                .bind(i++, row.type())
                .bind(i++, row.requestId())
                .bind(i++, row.taskId())
                .bind(i++, row.status())
                .bind(i++, row.route())
                .bind(i++, row.method())
                .bind(i++, row.attempt())
                .bind(i++, row.key())
                .bind(i++, row.payload())
                .bind(i++, row.headers())
                .bind(i, link.digest().bytes())
                .add();
    }

    static Link link(ResultSet found) throws SQLException {
        return new Link(row(found), found.getLong("seq"), new Digest(found.getBytes("digest")));
    }

    private static Row row(ResultSet found) throws SQLException {
        return new Row(
                new Partition(found.getString("topic"), found.getInt("partition")),
                found.getLong("record_offset"),
                Instant.ofEpochMilli(found.getLong("record_at")),
                found.getString("type"),
                found.getString("request_id"),
                found.getString("task_id"),
                found.getString("status"),
                found.getString("route"),
                found.getString("method"),
                number(found, "attempt"),
                found.getString("record_key"),
                found.getString("payload"),
                found.getString("headers"));
    }

    private static @Nullable Integer number(ResultSet found, String column) throws SQLException {
        int number = found.getInt(column);
        return found.wasNull() ? null : number;
    }
}
