package io.captchapipeline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What may be used only once, or paid for, is in no log line.
class SecretsTest {
    private static final String MARKER = "s3cr3t-m4rk3r";
    private static final List<String> SECRET_FIELDS = List.of("solution", "solution_extra", "params");

    static Stream<GoldenFile> files_with_secrets() {
        return GoldenFile.current().stream()
                .filter(file -> SECRET_FIELDS.stream().anyMatch(file.json()::has));
    }

    static Stream<Arguments> every_field() {
        return GoldenFile.current().stream()
                .flatMap(file -> file.json().propertyStream().map(field -> Arguments.of(file, field.getKey())));
    }

    @ParameterizedTest
    @MethodSource("files_with_secrets")
    void an_event_prints_no_secret(GoldenFile file) {
        var event = Wire.decode(file.topic(), Json.bytes(marked(file.json())));

        assertThat(Wire.encode(event)).asString().contains(MARKER);
        assertThat(event.toString()).doesNotContain(MARKER);
        assertThat(event.about().toString()).doesNotContain(MARKER);
    }

    @Test
    void solutions_and_params_are_among_what_is_checked() {
        assertThat(files_with_secrets())
                .extracting(GoldenFile::toString)
                .contains("captcha-submit/submit-request.v1", "captcha-admitted/admitted.v1")
                .contains("captcha-results/solved.v1", "captcha-solved/solved.v1");
    }

    @ParameterizedTest
    @MethodSource("every_field")
    void a_complaint_repeats_no_value(GoldenFile file, String field) {
        for (var wrong : wrongValues()) {
            ObjectNode value = file.json().deepCopy();
            value.set(field, wrong);
            complaint(file.topic(), value.toString())
                    .ifPresent(message -> assertThat(message).doesNotContain(MARKER));
        }
    }

    @ParameterizedTest
    @MethodSource("every_field")
    void a_complaint_about_half_a_record_repeats_no_value(GoldenFile file, String field) {
        var value = marked(file.json()).toString();
        var half = value.substring(0, value.indexOf('"' + field + '"') + field.length() + 4);

        assertThat(complaint(file.topic(), half))
                .hasValueSatisfying(
                        message -> assertThat(message).startsWith("not JSON").doesNotContain(MARKER));
    }

    private static Optional<String> complaint(Topic<? extends Event> topic, String value) {
        var thrown = catchThrowableOfType(
                UnreadableRecord.class, () -> Wire.decode(topic, value.getBytes(StandardCharsets.UTF_8)));
        if (thrown == null) {
            return Optional.empty();
        }
        assertThat(thrown).hasNoCause();
        return Optional.of(String.valueOf(thrown.getMessage()));
    }

    private static List<JsonNode> wrongValues() {
        return List.of(
                Json.read('"' + MARKER + " \\u0000\""),
                Json.read("{\"a\":{\"b\":\"" + MARKER + "\"}}"),
                Json.read("[[\"" + MARKER + "\"]]"));
    }

    /// Every text within a secret field, at any depth, has the marker in it.
    private static ObjectNode marked(JsonNode event) {
        ObjectNode copy = event.deepCopy();
        SECRET_FIELDS.stream().filter(copy::has).forEach(field -> copy.set(field, markedText(copy.get(field))));
        return copy;
    }

    private static JsonNode markedText(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                entry.setValue(markedText(entry.getValue()));
            }
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, markedText(array.get(i)));
            }
            return array;
        }
        return node.isTextual() ? Json.object().textNode(MARKER + node.textValue()) : node;
    }
}
