package io.captchapipeline.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows and verdicts, as the API tells them.
final class EventJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Summary summary;

    EventJson(Summary summary) {
        this.summary = summary;
    }

    ObjectNode event(Link link) {
        var row = link.row();
        var payload = parsed(row.payload());
        var headers = parsed(row.headers());
        var event = MAPPER.createObjectNode()
                .put("at", row.at().toString())
                .put("topic", row.partition().topic())
                .put("partition", row.partition().number())
                .put("offset", row.offset())
                .put("type", row.type());
        putKnown(event, "request_id", row.requestId());
        putKnown(event, "task_id", row.taskId());
        putKnown(event, "status", row.status());
        putKnown(event, "route", row.route());
        putKnown(event, "method", row.method());
        if (row.attempt() != null) {
            event.put("attempt", row.attempt());
        }
        event.put("summary", summary.of(row, payload, headers));
        event.set("payload", payload);
        event.set("headers", headers);
        return event;
    }

    /// Each event but the first with the time since the one before it.
    ObjectNode timeline(String id, List<Link> links) {
        var answer = MAPPER.createObjectNode().put("id", id);
        var events = answer.putArray("events");
        Instant before = null;
        for (var link : links.subList(0, Math.min(links.size(), TrailQueries.MOST_EVENTS))) {
            var at = link.row().at();
            var event = event(link);
            if (before != null) {
                event.put("since_previous_ms", Duration.between(before, at).toMillis());
            }
            before = at;
            events.add(event);
        }
        if (links.size() > TrailQueries.MOST_EVENTS) {
            answer.put("truncated", true);
        }
        return answer;
    }

    ObjectNode page(List<Link> links, @Nullable Cursor next) {
        var answer = MAPPER.createObjectNode();
        var events = answer.putArray("events");
        links.forEach(link -> events.add(event(link)));
        putKnown(answer, "next", next == null ? null : next.text());
        return answer;
    }

    static ObjectNode verdict(Verification.Verdict verdict) {
        var answer = MAPPER.createObjectNode().put("intact", verdict.intact()).put("rows", verdict.rows());
        if (!verdict.intact()) {
            breaks(answer.putArray("breaks"), verdict.breaks());
        }
        if (verdict.found() > verdict.breaks().size()) {
            answer.put("more_breaks", verdict.found() - verdict.breaks().size());
        }
        return answer;
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree cannot be written", e);
        }
    }

    private static void breaks(ArrayNode array, List<Break> breaks) {
        breaks.forEach(found -> array.addObject()
                .put("topic", found.partition().topic())
                .put("partition", found.partition().number())
                .put("offset", found.offset())
                .put("kind", found.kind().wire()));
    }

    /// Whoever changed a row need not have left JSON in it.
    private static JsonNode parsed(@Nullable String json) {
        try {
            return json == null ? MAPPER.nullNode() : MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            return MAPPER.getNodeFactory().textNode(json);
        }
    }

    private static void putKnown(ObjectNode object, String name, @Nullable String value) {
        if (value != null) {
            object.put(name, value);
        }
    }
}
