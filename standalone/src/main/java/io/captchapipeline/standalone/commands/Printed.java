package io.captchapipeline.standalone.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.DeadLetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/// Records as people, or programs, read them.
///
/// @param show whether solutions are shown whole
record Printed(boolean show) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final List<String> SECRETS = List.of("solution", "solution_extra");
    private static final int SHOWN = 12;
    private static final Map<String, String> COLOURS =
            Map.of("solved", "green", "failed", "red", "error", "red", "firing", "red", "resolved", "green");

    /// One line for a person.
    String line(ConsumerRecord<byte[], byte[]> record) {
        var value = value(record);
        var line = new StringBuilder(TIME.format(Instant.ofEpochMilli(record.timestamp())))
                .append("  ")
                .append("%-20s".formatted(record.topic()));
        var status = header(record, "status");
        if (status != null) {
            line.append("  ").append(coloured(status));
        }
        append(line, "", header(record, "request_id"));
        append(line, "task ", header(record, "task_id"));
        append(line, "route ", header(record, "route"));
        append(line, "", header(record, "method"));
        append(line, "", detail(record, value));
        return line.toString();
    }

    /// One JSON object for a program.
    String json(ConsumerRecord<byte[], byte[]> record) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("topic", record.topic());
        json.put("partition", record.partition());
        json.put("offset", record.offset());
        json.put("at", Instant.ofEpochMilli(record.timestamp()).toString());
        if (record.key() != null) {
            json.put("key", text(record.key()));
        }
        json.set("value", value(record));
        return json.toString();
    }

    /// On a terminal alone.
    static String coloured(String word) {
        return coloured(word, Ansi.AUTO);
    }

    static String coloured(String word, Ansi ansi) {
        var colour = COLOURS.get(word);
        var padded = "%-6s".formatted(word);
        return colour == null ? padded : ansi.string("@|" + colour + " " + padded + "|@");
    }

    static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : text(header.value());
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// The beginning of a secret, and how long it is.
    static String shortened(String secret) {
        return secret.length() <= SHOWN
                ? secret
                : secret.substring(0, SHOWN) + "... (" + secret.length() + " characters)";
    }

    private @Nullable String detail(ConsumerRecord<byte[], byte[]> record, JsonNode value) {
        if (record.topic().equals(Topics.DEAD_LETTERS.name())) {
            return header(record, DeadLetter.TOPIC) + "-" + header(record, DeadLetter.PARTITION) + "@"
                    + header(record, DeadLetter.OFFSET) + ": " + header(record, DeadLetter.REASON);
        }
        if (value.has("alert")) {
            return value.path("severity").asText() + " " + value.path("alert").asText() + ": "
                    + value.path("summary").asText();
        }
        if (value.has("error")) {
            return value.path("error").asText()
                    + (value.has("error_detail")
                            ? ": " + value.path("error_detail").asText()
                            : "");
        }
        return value.has("solution")
                ? value.path("solution").asText(value.path("solution").toString())
                : null;
    }

    private JsonNode value(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            var json = JSON.readTree(record.value());
            if (json instanceof ObjectNode object) {
                return show ? object : withoutSecrets(object);
            }
        } catch (IOException e) {
            // told below by its length
        }
        return JsonNodeFactory.instance.objectNode().put("bytes", record.value().length);
    }

    private static ObjectNode withoutSecrets(ObjectNode object) {
        for (var name : SECRETS) {
            var secret = object.get(name);
            if (secret != null) {
                object.put(name, shortened(secret.isTextual() ? secret.textValue() : secret.toString()));
            }
        }
        return object;
    }

    private static void append(StringBuilder line, String before, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            line.append("  ").append(before).append(text);
        }
    }
}
