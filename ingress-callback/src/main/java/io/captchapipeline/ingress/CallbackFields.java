package io.captchapipeline.ingress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The fields of one callback, gathered from its query and its body, each at most once.
final class CallbackFields {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private @Nullable String id;
    private @Nullable JsonNode code;
    private @Nullable String rate;

    /// Takes the fields of a query or of a form.
    CallbackFields withForm(String form) {
        FormDecoder.decode(form, this::put);
        return this;
    }

    /// Takes the fields of a JSON object.
    CallbackFields withJson(byte[] body) {
        var object = object(body);
        var jsonId = object.get("id");
        if (isGiven(jsonId)) {
            putId(scalar(jsonId));
        }
        var jsonCode = object.get("code");
        if (isGiven(jsonCode)) {
            putCode(jsonCode.isNumber() ? TextNode.valueOf(jsonCode.asText()) : wellFormed(jsonCode));
        }
        var jsonRate = object.get("rate");
        if (isGiven(jsonRate)) {
            putRate(scalar(jsonRate));
        }
        return this;
    }

    /// Null when missing or empty.
    @Nullable
    String id() {
        return id;
    }

    /// Null when missing or empty; a string unless the solver sent other JSON.
    @Nullable
    JsonNode code() {
        return code;
    }

    @Nullable
    String rate() {
        return rate;
    }

    private void put(String name, String value) {
        switch (name) {
            case "id" -> putId(value);
            case "code" -> putCode(TextNode.valueOf(value));
            case "rate" -> putRate(value);
            default -> {}
        }
    }

    private void putId(String value) {
        id = once(id, value);
    }

    private void putRate(String value) {
        rate = once(rate, value);
    }

    private void putCode(JsonNode value) {
        code = once(code, value);
    }

    private static <T> T once(@Nullable T before, T value) {
        if (before != null) {
            throw new Refused(Refusal.REPEATED_FIELD);
        }
        return value;
    }

    private static boolean isGiven(@Nullable JsonNode node) {
        return node != null && !node.isNull();
    }

    private static String scalar(JsonNode node) {
        if (!node.isTextual() && !node.isNumber()) {
            throw new Refused(Refusal.MALFORMED);
        }
        return node.asText();
    }

    private static JsonNode wellFormed(JsonNode node) {
        var text = node.isTextual() ? node.textValue() : node.toString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new Refused(Refusal.MALFORMED);
            }
        }
        return node;
    }

    private static JsonNode object(byte[] body) {
        try {
            var tree = MAPPER.readTree(body);
            if (tree == null || !tree.isObject()) {
                throw new Refused(Refusal.MALFORMED);
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new Refused(isRepetition(e) ? Refusal.REPEATED_FIELD : Refusal.MALFORMED);
        } catch (IOException e) {
            throw new Refused(Refusal.MALFORMED);
        }
    }

    private static boolean isRepetition(JsonProcessingException e) {
        return e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate field");
    }
}
