package io.captchapipeline.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces what is secret, by its name ([RedactionRules]) or its form ([SecretForms]), by an HMAC digest and a length.
/// Equal secrets have equal digests, so one can be followed through the pipeline without being known.
final class Redaction {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Pattern PUBLIC = Pattern.compile("[A-Za-z0-9._:/-]{1,100}");
    private static final Set<String> WORDS = Set.of("request", "route", "none");

    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s\"'<>]+");
    private static final Pattern URL_PARTS = Pattern.compile("([^:]+://)(?:([^/?#]*)@)?([^/?#]*)([^?#]*)(.*)");
    private static final Pattern PATH_SEGMENT = Pattern.compile("[^/]+");
    private static final Pattern PARAMETER = Pattern.compile("[^?#&;]+");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z0-9_.\\[\\]-]+)[=:](.+)");

    private final RedactionRules rules = new RedactionRules();
    private final AuditKeys keys;

    Redaction(AuditKeys keys) {
        this.keys = keys;
    }

    /// The same JSON without secrets.
    JsonNode redact(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var clean = JSON.objectNode();
            object.properties()
                    .forEach(field -> clean.set(text(field.getKey()), redact(field.getKey(), field.getValue())));
            return clean;
        }
        if (node instanceof ArrayNode array) {
            var clean = JSON.arrayNode(array.size());
            array.forEach(item -> clean.add(redact(item)));
            return clean;
        }
        if (node.isTextual()) {
            return value(node.textValue());
        }
        return node.isNumber() && SecretForms.isSecret(node.asText()) ? hidden(node.asText()) : node;
    }

    /// What this field holds, without secrets.
    JsonNode redact(String name, JsonNode value) {
        if (value.isNull() || value.isBoolean() || value.isMissingNode()) {
            return value;
        }
        var text = value.isValueNode() ? value.asText() : null;
        return switch (rules.of(name)) {
            case ID -> text != null && ID.matcher(text).matches() ? value : redact(value);
            case PUBLIC -> text != null && PUBLIC.matcher(text).matches() ? value : redact(value);
            case WORD -> text != null && WORDS.contains(text) ? value : hide(value);
            case SECRET -> hide(value);
            case BY_FORM -> redact(value);
        };
    }

    /// Bytes of which nothing can be kept.
    ObjectNode hidden(byte[] bytes) {
        return JSON.objectNode().put("digest", keys.secret(bytes)).put("length", bytes.length);
    }

    /// A text whose secrets, if it has any, are replaced where they stand.
    String text(String text) {
        if (SecretForms.isSecretAsAWhole(text)) {
            return mark(text);
        }
        return textInParts(text);
    }

    private String textInParts(String text) {
        return isJson(text) ? json(text) : plain(text);
    }

    private static boolean isJson(String text) {
        var content = text.stripLeading();
        return content.startsWith("{") || content.startsWith("[");
    }

    /// JSON within a text has names too.
    private String json(String text) {
        try (var parser = MAPPER.createParser(text)) {
            var clean = redact((JsonNode) MAPPER.readTree(parser));
            return parser.nextToken() == null ? MAPPER.writeValueAsString(clean) : mark(text);
        } catch (StreamConstraintsException e) {
            return mark(text);
        } catch (IOException e) {
            return plain(text);
        }
    }

    private String plain(String text) {
        if (text.contains("://")) {
            var clean = new StringBuilder();
            int done = 0;
            for (var url : (Iterable<MatchResult>) URL.matcher(text).results()::iterator) {
                clean.append(words(text.substring(done, url.start()))).append(url(url.group()));
                done = url.end();
            }
            return clean.append(words(text.substring(done))).toString();
        }
        return words(text);
    }

    private JsonNode value(String text) {
        if (SecretForms.isSecretAsAWhole(text)) {
            return hidden(text);
        }
        if (text.contains("://") || !Words.isOne(text)) {
            return TextNode.valueOf(textInParts(text));
        }
        return isSecretWord(text) ? hidden(text) : TextNode.valueOf(isJson(text) ? json(text) : text);
    }

    private JsonNode hide(JsonNode value) {
        var text = value.isTextual() ? value.textValue() : value.toString();
        return text.isEmpty() ? value : hidden(text);
    }

    private ObjectNode hidden(String text) {
        return hidden(text.getBytes(UTF_8));
    }

    private String mark(String secret) {
        var bytes = secret.getBytes(UTF_8);
        return "[" + keys.secret(bytes) + ";length=" + bytes.length + "]";
    }

    private String words(String text) {
        if (Words.isOne(text)) {
            return isSecretWord(text) ? mark(text) : text;
        }
        return Words.WORD.matcher(text).replaceAll(word -> quoted(isSecretWord(word.group()), word.group()));
    }

    private boolean isSecretWord(String word) {
        if (SecretForms.isSecret(word)) {
            return true;
        }
        if (word.indexOf('=') < 0 && word.indexOf(':') < 0) {
            return false;
        }
        var assignment = ASSIGNMENT.matcher(word);
        return assignment.matches() && rules.of(assignment.group(1)) == RedactionRules.Treatment.SECRET;
    }

    /// Readable, but for a user's name and password, secret parameters, and whatever looks like a token.
    private String url(String url) {
        var parts = URL_PARTS.matcher(url);
        if (!parts.matches()) {
            return mark(url);
        }
        var user = parts.group(2) == null ? "" : mark(parts.group(2)) + "@";
        var path = PATH_SEGMENT
                .matcher(parts.group(4))
                .replaceAll(part -> quoted(isSecretPart(part.group()), part.group()));
        var query = PARAMETER.matcher(parts.group(5)).replaceAll(this::parameter);
        return parts.group(1) + user + words(parts.group(3)) + path + query;
    }

    private String parameter(MatchResult parameter) {
        var text = parameter.group();
        int is = text.indexOf('=');
        if (is < 0) {
            return quoted(isSecretPart(text), text);
        }
        var name = decoded(text.substring(0, is));
        var value = text.substring(is + 1);
        boolean secret = switch (rules.of(name)) {
            case SECRET, WORD -> true;
            case ID -> !ID.matcher(value).matches() && isSecretPart(value);
            case PUBLIC -> !PUBLIC.matcher(value).matches() && isSecretPart(value);
            case BY_FORM -> isSecretPart(value);
        };
        return Matcher.quoteReplacement(quietName(text.substring(0, is)) + "=")
                + quoted(secret && !value.isEmpty(), value);
    }

    private String quietName(String name) {
        return isSecretPart(name) ? mark(name) : name;
    }

    /// Whether a part of a URL, decoded, holds something that would be replaced.
    private boolean isSecretPart(String part) {
        var decoded = decoded(part);
        return SecretForms.isSecret(part)
                || SecretForms.isSecretAsAWhole(decoded)
                || !text(decoded).equals(decoded);
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, UTF_8);
        } catch (IllegalArgumentException e) {
            return part;
        }
    }

    /// As a replacement of what a pattern found.
    private String quoted(boolean secret, String text) {
        return Matcher.quoteReplacement(secret ? mark(text) : text);
    }
}
