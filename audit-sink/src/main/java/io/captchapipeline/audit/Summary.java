package io.captchapipeline.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/// A row in a line for people.
final class Summary {
    private static final Pattern UNSHOWN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private static final Map<Topic<?>, BiFunction<JsonNode, JsonNode, String>> SENTENCES = Map.ofEntries(
            Map.entry(Topics.SUBMIT, (event, _) -> "asked for " + text(event, "method", "a solution") + route(event)),
            Map.entry(Topics.ADMITTED, (event, _) -> "attempt " + text(event, "attempt", "?") + " waits for its turn"),
            Map.entry(
                    Topics.ATTEMPTS,
                    (event, _) -> "attempt " + text(event, "attempt", "?") + ": the solver is being asked"),
            Map.entry(
                    Topics.SUBMITTED, (event, _) -> "the solver took it as task " + text(event, "task_id", "unknown")),
            Map.entry(Topics.RESULTS, (event, _) -> ended(event) + " by " + text(event, "source", "unknown")),
            Map.entry(
                    Topics.OVERDUE, (event, _) -> "its callback is late, poll " + text(event, "poll", "?") + " is due"),
            Map.entry(Topics.SOLVED, (event, _) -> "outcome: " + ended(event) + after(event)),
            Map.entry(Topics.FAILED, (event, _) -> "outcome: " + ended(event) + after(event)),
            Map.entry(
                    Topics.REPORTS,
                    (event, _) ->
                            "its answer was reported " + (event.path("good").asBoolean() ? "good" : "bad")),
            Map.entry(Topics.FAILURE_DIGESTS, (event, _) -> text(event, "failed", "some") + " requests failed"),
            Map.entry(
                    Topics.ALERTS,
                    (event, _) -> text(event, "state", "unknown") + " " + text(event, "alert", "alert") + ": "
                            + text(event, "summary", "")),
            Map.entry(
                    Topics.DEAD_LETTERS,
                    (_, headers) -> "dead letter of " + text(headers, "dlq.topic", "unknown") + "-"
                            + text(headers, "dlq.partition", "?") + "@" + text(headers, "dlq.offset", "?") + ": "
                            + text(headers, "dlq.reason", "no reason")));

    private final TopicOrder topics;

    Summary(TopicOrder topics) {
        this.topics = topics;
    }

    String of(Row row, JsonNode payload, JsonNode headers) {
        return topics.find(row.partition().topic())
                .flatMap(topic -> Optional.ofNullable(SENTENCES.get(topic)))
                .map(sentence -> oneLine(sentence.apply(payload, headers)))
                .orElse("a record");
    }

    /// Scrapers and solvers chose some of its words; they do not get to begin lines, move cursors, or turn text around.
    private static String oneLine(String sentence) {
        return UNSHOWN.matcher(sentence).replaceAll("\uFFFD");
    }

    private static String ended(JsonNode event) {
        var error = event.path("error");
        return text(event, "status", "unknown") + (error.isTextual() ? ", " + error.asText() : "");
    }

    private static String after(JsonNode event) {
        var attempts = event.path("attempts").asInt();
        var seconds = event.path("solve_seconds");
        return (attempts > 0 ? " after " + attempts + (attempts == 1 ? " attempt" : " attempts") : "")
                + (seconds.isNumber() ? ", in " + seconds.asText() + " s" : "");
    }

    private static String route(JsonNode event) {
        var route = event.path("route");
        return route.isTextual() ? " for route " + route.asText() : "";
    }

    /// Of what is no plain value, the other.
    private static String text(JsonNode event, String name, String other) {
        var value = event.path(name);
        return value.isValueNode() && !value.isNull() ? value.asText() : other;
    }
}
