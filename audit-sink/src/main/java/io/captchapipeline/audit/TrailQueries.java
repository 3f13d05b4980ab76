package io.captchapipeline.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Questions about the trail, each answered by an index.
final class TrailQueries {
    static final int MOST_EVENTS = 1000;
    private static final int MOST_IDS = 50;
    private static final String ROWS = "SELECT " + RowMapping.COLUMNS + " FROM audit_events";

    private final Database database;

    TrailQueries(Database database) {
        this.database = database;
    }

    /// All that belongs to a request or task, over all attempts: the request of a task, and the tasks of a request, are
    /// found by the rows that name both. At most one more than [#MOST_EVENTS], in no particular order among equals.
    List<Link> about(String id) {
        if (id.indexOf('\0') >= 0) {
            return List.of();
        }
        return database.read(handle -> {
            var ids = relatives(handle, id);
            var query = handle.createQuery(
                            ROWS + " WHERE request_id IN (<ids>) OR task_id IN (<ids>) ORDER BY record_at LIMIT :most")
                    .bindList("ids", List.copyOf(ids))
                    .bind("most", MOST_EVENTS + 1);
            return query.map((found, _) -> RowMapping.link(found)).list();
        });
    }

    /// In the order of pages, at most `limit` rows.
    List<Link> page(PageQuery asked) {
        var conditions = new ArrayList<String>();
        if (asked.beginsAtCursor()) {
            conditions.add("(record_at, topic, partition, seq) > (:afterAt, :afterTopic, :afterPartition, :afterSeq)");
        } else if (asked.from() != null) {
            conditions.add("record_at >= :from");
        }
        if (asked.to() != null) {
            conditions.add("record_at < :to");
        }
        if (asked.id() != null) {
            conditions.add("(request_id = :id OR task_id = :id)");
        }
        if (asked.status() != null) {
            conditions.add("status = :status");
        }
        if (asked.route() != null) {
            conditions.add("route = :route");
        }
        var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return database.read(handle -> rows(handle, where, asked));
    }

    private static List<Link> rows(Handle handle, String where, PageQuery asked) {
        var query = handle.createQuery(ROWS + where + " ORDER BY record_at, topic, partition, seq LIMIT :limit")
                .bind("limit", asked.limit());
        if (asked.from() != null && !asked.beginsAtCursor()) {
            query.bind("from", asked.from().toEpochMilli());
        }
        if (asked.to() != null) {
            query.bind("to", asked.to().toEpochMilli());
        }
        if (asked.id() != null) {
            query.bind("id", asked.id());
        }
        if (asked.status() != null) {
            query.bind("status", asked.status());
        }
        if (asked.route() != null) {
            query.bind("route", asked.route());
        }
        if (asked.after() != null && asked.beginsAtCursor()) {
            query.bind("afterAt", asked.after().atMillis())
                    .bind("afterTopic", asked.after().partition().topic())
                    .bind("afterPartition", asked.after().partition().number())
                    .bind("afterSeq", asked.after().seq());
        }
        return query.map((found, _) -> RowMapping.link(found)).list();
    }

    private static Set<String> relatives(Handle handle, String id) {
        var ids = new LinkedHashSet<>(Set.of(id));
        handle.createQuery("SELECT DISTINCT request_id, task_id FROM audit_events"
                        + " WHERE request_id = :id OR task_id = :id LIMIT :most")
                .bind("id", id)
                .bind("most", MOST_IDS)
                .map((found, _) -> new String[] {found.getString(1), found.getString(2)})
                .forEach(pair -> {
                    for (var relative : pair) {
                        if (relative != null) {
                            ids.add(relative);
                        }
                    }
                });
        return ids;
    }
}
