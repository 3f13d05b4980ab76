package io.captchapipeline.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// `schema/<topic>.schema.json`: a topic's values for those who do not read Java.
record EventSchema(Topic<? extends Event> topic, JsonNode json) {
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    static EventSchema of(Topic<? extends Event> topic) {
        var path = "/schema/" + topic + ".schema.json";
        try (var file = Objects.requireNonNull(EventSchema.class.getResourceAsStream(path), path)) {
            return new EventSchema(topic, Json.read(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonSchema compiled(JsonNode schema) {
        return FACTORY.getSchema(schema);
    }

    Set<ValidationMessage> complaints(JsonNode value) {
        return complaints(compiled(json), value);
    }

    static Set<ValidationMessage> complaints(JsonSchema schema, JsonNode value) {
        return schema.validate(value, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    }

    /// The part about one of the events that its topic carries.
    JsonNode partFor(String event) {
        return json.has("oneOf") ? json.path("$defs").path(event) : json;
    }

    /// The names of the events that it knows; none where it knows one only, and does not name it.
    List<String> alternatives() {
        return json.path("oneOf")
                .valueStream()
                .map(alternative -> alternative.path("$ref").asText().replace("#/$defs/", ""))
                .toList();
    }

    @Override
    public String toString() {
        return topic.toString();
    }
}
