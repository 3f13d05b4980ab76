package io.captchapipeline.submitter;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.captchapipeline.schemas.solver.SolverCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the body of a solver's reply.
final class AnswerReader {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,63}|ERROR: \\d{1,9}");
    private static final String OK = "OK|";
    private static final int LONGEST_BARE = 64;
    private static final int LONGEST_DETAIL = 200;
    private static final BigDecimal HIGHEST_SUM = new BigDecimal(1_000_000);
    private static final Set<String> OURS = Set.of("status", "request", "price", "error_text");

    private AnswerReader() {}

    static SolverAnswer read(String body) {
        var text = body.strip();
        if (text.isEmpty()) {
            return new SolverAnswer.Unknown("empty body");
        }
        if (text.startsWith("{")) {
            return json(text);
        }
        return text.startsWith("<") ? new SolverAnswer.Unknown("HTML") : plain(text);
    }

    /// Split at the first bar only: solutions contain bars.
    private static SolverAnswer plain(String text) {
        if (text.startsWith(OK) && text.length() > OK.length()) {
            return new SolverAnswer.Granted(TextNode.valueOf(text.substring(OK.length())), null, null, true);
        }
        if (SolverCode.isCode(text) && CODE.matcher(text).matches()) {
            return new SolverAnswer.Coded(text, null);
        }
        return text.length() <= LONGEST_BARE
                ? new SolverAnswer.Bare(text)
                : new SolverAnswer.Unknown("text of no known form");
    }

    private static SolverAnswer json(String text) {
        try {
            var node = MAPPER.readTree(text);
            return node instanceof ObjectNode object ? json(object) : new SolverAnswer.Unknown("JSON of no known form");
        } catch (IOException e) {
            return new SolverAnswer.Unknown("broken JSON");
        }
    }

    private static SolverAnswer json(ObjectNode object) {
        var request = object.path("request");
        return switch (object.path("status").asText()) {
            case "1", "true" ->
                isNothing(request) ? new SolverAnswer.Unknown("JSON without a value") : granted(object, request);
            case "0", "false" -> coded(object, request);
            default -> new SolverAnswer.Unknown("JSON without a status");
        };
    }

    private static SolverAnswer coded(ObjectNode object, JsonNode request) {
        return request.isTextual() && CODE.matcher(request.textValue()).matches()
                ? new SolverAnswer.Coded(request.textValue(), detail(object.path("error_text")))
                : new SolverAnswer.Unknown("a refusal without a code");
    }

    private static SolverAnswer granted(ObjectNode object, JsonNode request) {
        var extra = object.deepCopy().without(OURS);
        return new SolverAnswer.Granted(
                request, extra.isEmpty() ? null : (ObjectNode) extra, price(object.path("price")), false);
    }

    private static boolean isNothing(JsonNode request) {
        return request.isMissingNode()
                || request.isNull()
                || (request.isTextual() && request.textValue().isEmpty());
    }

    private static @Nullable String detail(JsonNode text) {
        var line = text.asText("").replaceAll("\\p{Cntrl}+", " ").strip();
        return line.isEmpty() ? null : line.substring(0, Math.min(line.length(), LONGEST_DETAIL));
    }

    private static @Nullable BigDecimal price(JsonNode price) {
        return decimal(price).filter(sum -> sum.signum() >= 0).orElse(null);
    }

    /// A sum of money that can be one.
    static Optional<BigDecimal> decimal(JsonNode node) {
        try {
            return Optional.of(node.asText(""))
                    .filter(text -> text.length() <= LONGEST_BARE)
                    .map(BigDecimal::new)
                    .filter(AnswerReader::isSane);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isSane(BigDecimal sum) {
        return Math.abs(sum.scale()) <= LONGEST_BARE && sum.abs().compareTo(HIGHEST_SUM) <= 0;
    }
}
