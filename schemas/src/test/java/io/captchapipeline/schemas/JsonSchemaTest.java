package io.captchapipeline.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The schemas say neither more nor less than the code.
class JsonSchemaTest {
    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    static final List<EventSchema> SCHEMAS =
            EventTypes.topics().stream().map(EventSchema::of).toList();

    static List<GoldenFile> golden_files() {
        return GoldenFile.current();
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void a_schema_is_one_of_2020_12(EventSchema schema) {
        var metaSchema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(metaSchema.validate(schema.json())).isEmpty();
        assertThat(schema.json().path("$id").asText()).isEqualTo("urn:captcha-pipeline:schema:" + schema);
        assertThat(schema.json().path("title").asText()).isNotBlank();
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void everything_is_explained(EventSchema schema) {
        assertThat(schema.json().path("description").asText()).isNotBlank();
        assertThat(schema.json().findValues("properties"))
                .flatMap(properties -> properties.valueStream().toList())
                .filteredOn(property -> !property.equals(Json.read("{\"const\":\"submit\"}")))
                .allMatch(property -> !property.path("description").asText().isBlank());
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void a_schema_of_several_events_names_each(EventSchema schema) {
        var events = golden_files().stream()
                .filter(file -> file.topic().equals(schema.topic()))
                .map(GoldenFile::event)
                .toList();

        assertThat(events.size() == 1 ? List.of() : events).containsExactlyInAnyOrderElementsOf(schema.alternatives());
    }

    @ParameterizedTest
    @MethodSource("golden_files")
    void what_is_written_is_valid(GoldenFile file) {
        assertThat(EventSchema.of(file.topic()).complaints(file.json())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("golden_files")
    void unknown_fields_are_valid(GoldenFile file) {
        ObjectNode more = file.json().deepCopy();
        more.put("colour", "blue");

        assertThat(EventSchema.of(file.topic()).complaints(more)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("golden_files")
    void properties_are_the_components_of_the_record(GoldenFile file) {
        var expected = components(file).map(JsonSchemaTest::wireName).collect(Collectors.toSet());
        if (isToldByStatus(file)) {
            expected.add("status");
        }

        assertThat(names(part(file).path("properties"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("golden_files")
    void required_is_what_the_record_cannot_do_without(GoldenFile file) {
        var expected = components(file)
                .filter(JsonSchemaTest::isRequired)
                .map(JsonSchemaTest::wireName)
                .collect(Collectors.toSet());
        if (isToldByStatus(file)) {
            expected.add("status");
        }

        assertThat(texts(part(file).path("required"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("golden_files")
    void a_property_is_of_its_components_form(GoldenFile file) {
        components(file)
                .forEach(component -> assertThat(
                                formOf(part(file).path("properties").path(wireName(component))))
                        .as(wireName(component))
                        .isEqualTo(formOf(component.getType())));
    }

    @ParameterizedTest
    @MethodSource("golden_files")
    void what_lacks_a_required_field_is_refused_by_schema_and_code(GoldenFile file) {
        for (var field : texts(part(file).path("required"))) {
            ObjectNode less = file.json().deepCopy();
            less.remove(field);

            assertRefusedByBoth(file.topic().name(), less);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "captcha-submit          | request_id            | 'a b'",
                "captcha-submit          | method                | ''",
                "captcha-submit          | params                | {'data':{'k':1}}",
                "captcha-submit          | params                | {'data':null}",
                "captcha-submit          | route                 | 'Login'",
                "captcha-submit          | timeout_seconds       | 0",
                "captcha-submit          | max_attempts          | 6",
                "captcha-submit          | metadata              | {'job':[1]}",
                "captcha-admitted        | attempt               | 0",
                "captcha-admitted        | deadline              | 'soon'",
                "captcha-admitted        | params                | 'all'",
                "captcha-clock           | partition             | -1",
                "captcha-clock           | at                    | 'now'",
                "captcha-attempts        | account               | ''",
                "captcha-attempts        | attempt               | 6",
                "captcha-submitted       | task_id               | 'a/b'",
                "captcha-submitted       | attempt               | 0",
                "captcha-submitted       | callback              | 'perhaps'",
                "captcha-submitted       | submitted_at          | 'yesterday'",
                "captcha-results         | status                | 'maybe'",
                "captcha-results         | source                | 'rumour'",
                "captcha-results         | ticket                | 1",
                "captcha-results         | received_at           | 'late'",
                "captcha-results         | cost                  | 'much'",
                "captcha-results         | retry_after_seconds   | -1",
                "captcha-results         | error                 | ''",
                "captcha-overdue         | poll                  | 0",
                "captcha-overdue         | due_at                | {}",
                "captcha-solved          | solution              | null",
                "captcha-solved          | solve_seconds         | 'long'",
                "captcha-solved          | attempts              | 'two'",
                "captcha-solved          | metadata              | ['job']",
                "captcha-failed          | error                 | ' '",
                "captcha-failed          | status                | 'FAILED'",
                "captcha-failed          | request_id            | ''",
                "captcha-reports         | good                  | 'perhaps'",
                "captcha-reports         | task_id               | 'a/b'",
                "captcha-reports         | at                    | 'late'",
                "captcha-reports         | account               | ''",
                "captcha-alerts          | alert                 | 'NiceWeather'",
                "captcha-alerts          | severity              | 'info'",
                "captcha-alerts          | state                 | 'over'",
                "captcha-alerts          | value                 | 'NaN'",
                "captcha-delivery        | missed_task_ids       | [1,2,3,4,5,6,7,8,9,10,11]",
                "captcha-delivery        | delivered             | 'all'",
                "captcha-delivery        | scope                 | ''",
                "captcha-callback-health | errors                | null",
                "captcha-callback-health | refused               | {'forged':'twice'}",
                "captcha-callback-health | instance              | ''",
                "captcha-solver-health   | breaker               | 'OPEN'",
                "captcha-solver-health   | balance               | 'enough'",
                "captcha-solver-health   | refusals              | 3"
            })
    void what_is_of_the_wrong_form_is_refused_by_schema_and_code(String topic, String field, String wrong) {
        var file = golden_files().stream()
                .filter(golden ->
                        golden.topic().name().equals(topic) && golden.json().has(field))
                .findFirst()
                .orElseThrow();
        ObjectNode value = file.json().deepCopy();
        value.set(field, Json.read(wrong.replace('\'', '"')));

        assertRefusedByBoth(topic, value);
    }

    @ParameterizedTest
    @CsvSource({"callback", "poll"})
    void a_failure_without_a_task_is_refused_by_schema_and_code_unless_it_was_a_submission(String source) {
        ObjectNode refusal = golden_files().stream()
                .filter(file -> file.topic().name().equals("captcha-results")
                        && file.event().equals("failed"))
                .findFirst()
                .orElseThrow()
                .json()
                .deepCopy();
        refusal.remove("task_id");
        assertThat(EventSchema.of(EventTypes.topic("captcha-results")).complaints(refusal))
                .isEmpty();
        refusal.put("source", source);

        assertRefusedByBoth("captcha-results", refusal);
    }

    private static void assertRefusedByBoth(String name, JsonNode value) {
        var topic = EventTypes.topic(name);
        assertThat(EventSchema.of(topic).complaints(value)).as("%s", value).isNotEmpty();
        assertThatThrownBy(() -> Wire.decode(topic, value.toString().getBytes(UTF_8)))
                .as("%s", value)
                .isInstanceOf(UnreadableRecord.class);
    }

    private static boolean isToldByStatus(GoldenFile file) {
        return file.topic().type().isSealed();
    }

    private static JsonNode part(GoldenFile file) {
        return EventSchema.of(file.topic()).partFor(file.event());
    }

    private static Stream<RecordComponent> components(GoldenFile file) {
        return Arrays.stream(Objects.requireNonNull(file.decode().getClass().getRecordComponents()));
    }

    private static String wireName(RecordComponent component) {
        return SNAKE_CASE.translate(component.getName());
    }

    /// Absent collections are empty ones.
    private static boolean isRequired(RecordComponent component) {
        var type = component.getType();
        return !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                && !Map.class.isAssignableFrom(type)
                && !List.class.isAssignableFrom(type);
    }

    private static String formOf(JsonNode property) {
        if (property.has("enum")) {
            return "one of " + texts(property.path("enum"));
        }
        if (property.has("pattern") && !property.path("pattern").asText().equals("\\S")) {
            return "like " + property.path("pattern").asText();
        }
        var type = property.path("type");
        return type.isArray() ? "any" : property.path("format").asText(type.asText());
    }

    private static String formOf(Class<?> type) {
        if (type == Status.class) {
            return "one of [failed, error]";
        }
        if (type.isEnum()) {
            return "one of " + words(type);
        }
        if (type == Instant.class) {
            return "date-time";
        }
        return type.isRecord() ? formOfValue(type) : jsonType(type);
    }

    private static String formOfValue(Class<?> type) {
        try {
            var form = type.getDeclaredField("FORM");
            form.setAccessible(true);
            return "like ^" + form.get(null) + "$";
        } catch (NoSuchFieldException e) {
            return type.getSimpleName().equals("Params") ? "object" : "any";
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jsonType(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "integer";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "number";
        }
        if (Map.class.isAssignableFrom(type)) {
            return "object";
        }
        return type == List.class ? "array" : "string";
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(Objects.requireNonNull(type.getEnumConstants()))
                .map(JsonSchemaTest::word)
                .toList();
    }

    private static String word(Object constant) {
        try {
            var wire = Arrays.stream(constant.getClass().getMethods())
                    .filter(method -> method.isAnnotationPresent(JsonValue.class))
                    .findFirst()
                    .orElseThrow();
            return String.valueOf(wire.invoke(constant));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static Set<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
