package io.captchapipeline.router.ledger;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.captchapipeline.schemas.event.InvalidEvent;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a record of `captcha-submit`: first whose it is, then what it asks.
public final class RequestReader {
    /// Params that solver-submitter sets itself.
    private static final List<String> RESERVED = List.of("key", "pingback", "json", "soft_id");

    private static final List<String> CONTENT =
            List.of("method", "params", "route", "timeout_seconds", "max_attempts", "metadata");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private RequestReader() {}

    /// Whose record this is.
    public sealed interface Identity {
        /// The request's own id; or, where it has none that is valid, one derived from where the record lies.
        record Known(RequestId requestId) implements Identity {}

        /// Not a JSON object: nobody can be told an outcome. The reason repeats nothing of it.
        record Poison(String reason) implements Identity {}
    }

    public static Identity identify(byte @Nullable [] value, String topic, int partition, long offset) {
        if (value == null) {
            return new Identity.Poison("the record has no value");
        }
        try (var parser = JSON.createParser(value)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    ? new Identity.Known(ownId(parser, RequestId.ofRecord(topic, partition, offset)))
                    : new Identity.Poison("not a JSON object");
        } catch (JsonParseException e) {
            return new Identity.Poison("not JSON, at byte " + e.getLocation().getByteOffset());
        } catch (IOException e) {
            return new Identity.Poison("not JSON in UTF-8, or nested too deep, or with a number or a name too long");
        }
    }

    /// @param value a JSON object, as [#identify] found
    /// @param at when the broker took the record
    public static RequestEvent read(byte[] value, RequestId requestId, Instant at) {
        try {
            var request = Wire.decode(Topics.SUBMIT, value);
            var wrong = wrongWith(request, requestId);
            return wrong == null
                    ? new RequestEvent.Requested(requestId, request, content(request), at)
                    : unaskable(value, requestId, wrong, at);
        } catch (UnreadableRecord e) {
            return unaskable(value, requestId, String.valueOf(e.getMessage()), at);
        }
    }

    /// What an event does not see by itself.
    private static @Nullable String wrongWith(SubmitRequest request, RequestId identity) {
        if (request.requestId() != null && !request.requestId().equals(identity)) {
            return "request_id is not of the expected form";
        }
        var reserved =
                RESERVED.stream().filter(request.params().values()::containsKey).toList();
        return reserved.isEmpty() ? null : "params may not have " + String.join(", ", reserved);
    }

    /// Reads all of the object, so that nothing passes that breaks off later.
    private static RequestId ownId(JsonParser parser, RequestId derived) throws IOException {
        var id = derived;
        for (int depth = 1; depth > 0; ) {
            var token = parser.nextToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            parser.finishToken();
            if (depth == 1 && token.isScalarValue() && "request_id".equals(parser.currentName())) {
                id = validId(parser, token, derived);
            }
        }
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "more than one value");
        }
        return id;
    }

    private static RequestId validId(JsonParser parser, JsonToken token, RequestId derived) throws IOException {
        boolean named = token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
        var id = named ? validOrNull(parser.getText(), RequestId::new) : null;
        return id == null ? derived : id;
    }

    private static RequestEvent unaskable(byte[] value, RequestId requestId, String reason, Instant at) {
        var object = tree(value);
        return new RequestEvent.Unaskable(
                requestId,
                reason,
                validOrNull(object.path("method").asText(""), Method::new),
                validOrNull(object.path("route").asText(""), Route::new),
                metadata(object.path("metadata")),
                content(object),
                at);
    }

    /// What of an invalid request can be said again in its outcome.
    private static Map<String, String> metadata(JsonNode metadata) {
        try {
            var json = JSON.createObjectNode();
            json.put("method", "any").putObject("params");
            json.set("metadata", metadata);
            return Wire.decode(Topics.SUBMIT, JSON.writeValueAsBytes(json)).metadata();
        } catch (IOException | UnreadableRecord e) {
            return Map.of();
        }
    }

    private static <T> @Nullable T validOrNull(String text, Function<String, T> make) {
        try {
            return make.apply(text);
        } catch (InvalidEvent e) {
            return null;
        }
    }

    private static long content(SubmitRequest request) {
        return new Digest()
                .add(request.method())
                .add(request.params().values())
                .add(request.route())
                .add(request.timeoutSeconds())
                .add(request.maxAttempts())
                .add(request.metadata())
                .large();
    }

    private static long content(JsonNode object) {
        var digest = new Digest();
        CONTENT.forEach(field -> digest.add(canonical(object.path(field))));
        return digest.large();
    }

    /// The same text whatever the order of keys and the blanks between.
    private static String canonical(JsonNode value) {
        try {
            return JSON.writeValueAsString(JSON.treeToValue(value, Object.class));
        } catch (IOException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private static JsonNode tree(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new IllegalStateException("the record was identified as JSON", e);
        }
    }
}
