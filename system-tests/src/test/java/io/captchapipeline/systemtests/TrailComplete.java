package io.captchapipeline.systemtests;

import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.testkit.promise.Origin;
import io.captchapipeline.testkit.promise.Promise;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The trail has each committed record of each audited topic once, and nothing else.
record TrailComplete(Map<String, Integer> committed, Map<String, Integer> rows) implements Promise {
    static TrailComplete look(Kafka kafka, TrailDatabase database) {
        var rows = rows(database);
        var committed = new TreeMap<String, Integer>();
        for (var topic : Topics.all(List.of(new Route(Settings.ROUTE)))) {
            if (topic.audited()) {
                kafka.committed(topic.name())
                        .forEach(record -> committed.merge(Origin.of(record).toString(), 1, Integer::sum));
            }
        }
        return new TrailComplete(committed, rows);
    }

    @Override
    public String name() {
        return "the trail is complete";
    }

    @Override
    public List<String> broken() {
        if (committed.isEmpty()) {
            return List.of("there was nothing to keep");
        }
        var broken = new ArrayList<String>();
        committed.keySet().stream().filter(at -> !rows.containsKey(at)).forEach(at -> broken.add(at + ": no row"));
        rows.forEach((at, count) -> {
            if (!committed.containsKey(at)) {
                broken.add(at + ": a row of no committed record");
            } else if (count > 1) {
                broken.add(at + ": " + count + " rows");
            }
        });
        return List.copyOf(broken);
    }

    private static Map<String, Integer> rows(TrailDatabase database) {
        var sql = "SELECT topic || '-' || partition || '@' || record_offset, COUNT(*) FROM audit_events GROUP BY 1";
        var found = new TreeMap<String, Integer>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                found.put(result.getString(1), result.getInt(2));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
