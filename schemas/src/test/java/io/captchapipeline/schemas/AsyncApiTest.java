package io.captchapipeline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.DeadLetter;
import io.captchapipeline.schemas.wire.Envelope;
import io.captchapipeline.schemas.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The document for those outside says what the code does.
class AsyncApiTest {
    private static final String BY_ROUTE = ".{route}";
    private static final JsonNode DOCUMENT = read();

    static final List<Topic<?>> TOPICS = Topics.all();
    static final List<Topic<?>> TOPICS_BY_ROUTE =
            TOPICS.stream().filter(Topic::byRoute).toList();
    static final List<Topic<? extends Event>> TOPICS_OF_EVENTS = EventTypes.topics();

    static Stream<Arguments> examples() {
        return TOPICS_OF_EVENTS.stream()
                .flatMap(topic -> message(topic)
                        .path("examples")
                        .valueStream()
                        .map(example -> Arguments.of(topic, example.path("name").asText(), example)));
    }

    static Stream<String> references() {
        return DOCUMENT.findValuesAsText("$ref").stream().distinct();
    }

    @Test
    void channels_are_the_topics_and_the_families_by_route() {
        var expected = Stream.concat(
                        TOPICS.stream().map(Topic::name),
                        TOPICS_BY_ROUTE.stream().map(topic -> topic + BY_ROUTE))
                .toList();

        assertThat(DOCUMENT.path("channels").valueStream())
                .map(channel -> channel.path("address").asText())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @FieldSource("TOPICS")
    void a_channel_says_what_its_topic_says(Topic<?> topic) {
        var says = topic.says().substring(0, 1).toUpperCase(Locale.ROOT)
                + topic.says().substring(1) + ".";

        assertThat(channel(topic.name()).path("description").asText()).isEqualTo(says);
    }

    @ParameterizedTest
    @FieldSource("TOPICS")
    void a_channel_is_bound_as_its_topic_is_made(Topic<?> topic) {
        var binding = channel(topic.name()).path("bindings").path("kafka");

        assertThat(binding.path("topic").asText()).isEqualTo(topic.name());
        assertThat(binding.path("partitions").asInt()).isEqualTo(topic.partitions(Topic.DEFAULT_PARTITIONS));
        assertThat(configs(binding)).isEqualTo(topic.configs());
    }

    @ParameterizedTest
    @FieldSource("TOPICS_BY_ROUTE")
    void a_family_by_route_is_bound_like_its_topic(Topic<?> topic) {
        var family = channel(topic + BY_ROUTE);

        assertThat(configs(family.path("bindings").path("kafka"))).isEqualTo(topic.configs());
        assertThat(names(family.path("parameters"))).containsExactly("route");
    }

    @Test
    void headers_are_those_of_the_envelope() {
        assertThat(names(schema("headers").path("properties")))
                .containsExactlyInAnyOrderElementsOf(Envelope.headerNames());
    }

    @Test
    void headers_of_a_dead_letter_are_those_it_writes() {
        var written = new DeadLetter("t", 0, 0, "s", "r", Instant.EPOCH).headersOfTooLarge(1);

        assertThat(names(schema("dead-letter-headers").path("properties"))).isEqualTo(written.keySet());
        assertThat(message(Topics.DEAD_LETTERS).path("headers").path("$ref").asText())
                .endsWith("/dead-letter-headers");
    }

    @ParameterizedTest
    @FieldSource("TOPICS_OF_EVENTS")
    void a_message_has_its_schema_its_headers_and_examples(Topic<? extends Event> topic) {
        var message = message(topic);

        assertThat(message.path("payload").path("schema").path("$ref").asText())
                .isEqualTo("./schema/" + topic + ".schema.json");
        assertThat(message.path("headers").path("$ref").asText()).isEqualTo("#/components/schemas/headers");
        assertThat(message.path("examples")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("references")
    void a_reference_leads_somewhere(String reference) {
        if (reference.startsWith("#")) {
            assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode()).isFalse();
        } else {
            assertThat(getClass().getResource(reference.replaceFirst("^\\.", "")))
                    .isNotNull();
        }
    }

    @Test
    void operations_are_what_the_pipeline_declares() {
        var expected = Stream.concat(Pipeline.services().stream(), Pipeline.neighbours().stream())
                .flatMap(AsyncApiTest::operations)
                .toList();

        assertThat(DOCUMENT.path("operations").valueStream())
                .map(AsyncApiTest::operation)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("examples")
    void an_example_is_valid(Topic<? extends Event> topic, String name, JsonNode example) {
        assertThat(EventSchema.of(topic).complaints(example.path("payload"))).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("examples")
    void an_example_is_read_and_written_the_same(Topic<? extends Event> topic, String name, JsonNode example) {
        var payload = example.path("payload");

        assertThat(Json.read(Wire.encode(Wire.decode(topic, Json.bytes(payload)))))
                .isEqualTo(Json.read(payload.toString()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("examples")
    void the_headers_of_an_example_are_those_of_its_event(Topic<? extends Event> topic, String name, JsonNode example) {
        var headers = example.path("headers");
        if (!headers.isMissingNode()) {
            var event = Wire.decode(topic, Json.bytes(example.path("payload")));
            var envelope = new Envelope(
                    headers.path("ce_id").asText(),
                    headers.path("ce_source").asText(),
                    Envelope.typeOf(event),
                    Instant.parse(headers.path("ce_time").asText()),
                    event.about());

            assertThat(texts(headers)).isEqualTo(envelope.headers());
        }
    }

    @Test
    void headers_in_examples_are_valid() {
        for (var topic : TOPICS) {
            var reference = message(topic).path("headers").path("$ref").asText().substring(1);
            var schema = EventSchema.compiled(DOCUMENT.at(reference));
            message(topic)
                    .path("examples")
                    .findValues("headers")
                    .forEach(headers ->
                            assertThat(EventSchema.complaints(schema, headers)).isEmpty());
        }
    }

    private static Stream<String> operations(ServiceContract service) {
        return Stream.concat(
                service.reads().stream().flatMap(topic -> operations(service, "receive", topic)),
                service.writes().stream().flatMap(topic -> operations(service, "send", topic)));
    }

    private static Stream<String> operations(ServiceContract service, String action, Topic<?> topic) {
        var plain = service.name() + " " + action + " " + topic;
        return topic.byRoute() ? Stream.of(plain, plain + BY_ROUTE) : Stream.of(plain);
    }

    private static String operation(JsonNode operation) {
        var channel = operation.path("channel").path("$ref").asText();
        return operation.path("tags").path(0).path("name").asText()
                + " " + operation.path("action").asText()
                + " " + DOCUMENT.at(channel.substring(1)).path("address").asText();
    }

    private static JsonNode channel(String address) {
        return DOCUMENT.path("channels")
                .valueStream()
                .filter(channel -> channel.path("address").asText().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode message(Topic<?> topic) {
        return DOCUMENT.path("components").path("messages").path(topic.name());
    }

    private static JsonNode schema(String name) {
        return DOCUMENT.path("components").path("schemas").path(name);
    }

    private static Map<String, String> configs(JsonNode binding) {
        return binding.path("topicConfiguration")
                .propertyStream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> word(entry.getValue())));
    }

    private static String word(JsonNode value) {
        return value.isArray() ? value.path(0).asText() : value.asText();
    }

    private static Map<String, String> texts(JsonNode object) {
        return object.propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().textValue()));
    }

    private static Set<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static JsonNode read() {
        var mapper = YAMLMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
        try (var file = Objects.requireNonNull(AsyncApiTest.class.getResourceAsStream("/asyncapi.yaml"))) {
            return mapper.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
