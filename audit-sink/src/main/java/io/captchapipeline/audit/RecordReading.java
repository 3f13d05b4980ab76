package io.captchapipeline.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.captchapipeline.kit.consume.RawRecord;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Envelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A record becomes a row. Whatever its bytes are, it does: what cannot be read is told by digest and length.
final class RecordReading {
    /// Stands in a text for bytes that are none; a text may hold it itself.
    private static final char REPLACED = '\uFFFD';
    private static final int MOST_CHARACTERS = 32 * 1024;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern EVENT_TYPE = Pattern.compile("io\\.captchapipeline\\.[a-z.-]{1,60}");

    /// One more, where the innermost is an object. Few enough for a reader who takes 1000 levels, which is usual, to
    /// take
    /// an answer that holds them too.
    static final int MOST_LEVELS = 900;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(MOST_LEVELS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final TopicOrder topics;
    private final Redaction redaction;

    RecordReading(TopicOrder topics, Redaction redaction) {
        this.topics = topics;
        this.redaction = redaction;
    }

    Row row(RawRecord record) {
        var said = new Said(parsed(record.value()), headers(record));
        var requestId = requestId(record, said);
        return new Row(
                record.partition(),
                record.offset(),
                record.at(),
                type(record, said),
                requestId,
                said.find(Envelope.TASK_ID, ID),
                name(said.find(Envelope.STATUS, NAME), said.find("state", NAME)),
                name(said.find(Envelope.ROUTE, NAME), null),
                name(said.find(Envelope.METHOD, NAME), null),
                said.attempt(),
                key(record, said, requestId),
                payload(record),
                json(redacted(record)));
    }

    /// What a scraper asks without naming it is named by where it lies, as the router names it.
    private static @Nullable String requestId(RawRecord record, Said said) {
        var partition = record.partition();
        if (!partition.topic().equals(Topics.SUBMIT.name()) || !said.value.isObject()) {
            return said.find(Envelope.REQUEST_ID, ID);
        }
        var named = said.findInValue(Envelope.REQUEST_ID, ID);
        return named == null
                ? RequestId.ofRecord(partition.topic(), partition.number(), record.offset())
                        .value()
                : named;
    }

    private String type(RawRecord record, Said said) {
        var topic = record.partition().topic();
        var told = said.header("ce_type");
        return told != null
                        && !topics.isOfDeadLetters(topic)
                        && EVENT_TYPE.matcher(told).matches()
                ? told
                : topics.typeOf(topic);
    }

    /// A secret that stands where a name should is none.
    private static @Nullable String name(@Nullable String first, @Nullable String second) {
        var name = first == null ? second : first;
        return name == null || SecretForms.isSecret(name) ? null : name;
    }

    private @Nullable String key(RawRecord record, Said said, @Nullable String requestId) {
        if (record.key() == null) {
            return null;
        }
        var key = utf8(record.key());
        if (key == null) {
            return json(redaction.hidden(record.key()));
        }
        boolean id = key.equals(requestId) || key.equals(said.find(Envelope.TASK_ID, ID));
        return id ? key : storable(redaction.text(key));
    }

    private @Nullable String payload(RawRecord record) {
        var value = record.value();
        if (value == null) {
            return null;
        }
        var parsed = parsed(value);
        var clean = parsed.isContainerNode() ? written(redaction.redact(parsed)) : null;
        return clean != null && clean.length() <= MOST_CHARACTERS ? clean : json(redaction.hidden(value));
    }

    private ObjectNode redacted(RawRecord record) {
        var clean = JsonNodeFactory.instance.objectNode();
        var bytes = 0;
        for (var header : record.headers()) {
            bytes += header.value() == null ? 0 : header.value().length;
            add(clean, redaction.text(header.name()), header(header));
        }
        return bytes <= MOST_CHARACTERS
                ? clean
                : JsonNodeFactory.instance.objectNode().put("bytes", bytes);
    }

    private JsonNode header(RawRecord.Header header) {
        if (header.value() == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        var text = utf8(header.value());
        return text == null
                ? redaction.hidden(header.value())
                : redaction.redact(header.name(), JsonNodeFactory.instance.textNode(text));
    }

    private static void add(ObjectNode headers, String name, JsonNode value) {
        switch (headers.get(name)) {
            case null -> headers.set(name, value);
            case ArrayNode several -> several.add(value);
            case JsonNode first ->
                headers.set(
                        name, JsonNodeFactory.instance.arrayNode().add(first).add(value));
        }
    }

    private static ObjectNode headers(RawRecord record) {
        var headers = JsonNodeFactory.instance.objectNode();
        for (var header : record.headers()) {
            var text = header.value() == null ? null : utf8(header.value());
            if (text != null) {
                headers.put(header.name(), text);
            }
        }
        return headers;
    }

    private static JsonNode parsed(byte @Nullable [] value) {
        if (value == null) {
            return JsonNodeFactory.instance.missingNode();
        }
        try {
            return MAPPER.readTree(value);
        } catch (IOException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    private static String json(ObjectNode flat) {
        return Objects.requireNonNull(written(flat));
    }

    /// Null for a tree that cannot be written: redacted, it may be deeper than what was read.
    private static @Nullable String written(JsonNode node) {
        try {
            return storable(MAPPER.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static @Nullable String utf8(byte[] bytes) {
        var text = new String(bytes, UTF_8);
        return text.indexOf(REPLACED) < 0 ? text : strictly(bytes);
    }

    private static @Nullable String strictly(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /// What every database takes and gives back unchanged: no NUL, no half of a character.
    private static String storable(String text) {
        var clean = text.indexOf('\0') < 0 ? text : text.replace('\0', REPLACED);
        return hasHalves(clean) ? new String(clean.getBytes(UTF_8), UTF_8) : clean;
    }

    /// Whole ones too, of which the way through bytes changes nothing.
    private static boolean hasHalves(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /// What a record says of itself: in its value first, else in its headers.
    private record Said(JsonNode value, ObjectNode headers) {
        @Nullable
        String find(String name, Pattern form) {
            var inValue = findInValue(name, form);
            var inHeaders = header(name);
            return inValue == null
                            && inHeaders != null
                            && form.matcher(inHeaders).matches()
                    ? inHeaders
                    : inValue;
        }

        @Nullable
        String findInValue(String name, Pattern form) {
            var field = value.path(name);
            var text = field.isTextual() || field.isIntegralNumber() ? field.asText() : null;
            return text != null && form.matcher(text).matches() ? text : null;
        }

        @Nullable
        String header(String name) {
            return headers.path(name).textValue();
        }

        @Nullable
        Integer attempt() {
            var attempt = value.path("attempt");
            var number = attempt.isMissingNode() ? value.path("attempts") : attempt;
            return number.canConvertToInt() && number.isIntegralNumber() ? number.intValue() : null;
        }
    }
}
