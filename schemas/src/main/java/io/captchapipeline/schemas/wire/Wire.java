package io.captchapipeline.schemas.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.InvalidEvent;
import io.captchapipeline.schemas.topic.Topic;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Events as JSON: snake_case, absent fields omitted, times ISO-8601 UTC. Strict in writing (an event checks itself
/// when it is made), lenient in reading (unknown fields are passed over, numbers are taken for strings). A character is
/// written in as many bytes as UTF-8 has for it, so that an event is not much larger than what it was read from.
public final class Wire {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule().addDeserializer(Instant.class, new TimeReader()))
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Wire() {}

    public static byte[] encode(Event event) {
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(event.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    /// @throws UnreadableRecord when these bytes are not such an event
    public static <E extends Event> E decode(Topic<E> topic, byte @Nullable [] value) {
        return decode(topic.type(), value);
    }

    /// @throws UnreadableRecord when these bytes are not such an event
    public static <E extends Event> E decode(Class<E> type, byte @Nullable [] value) {
        if (value == null) {
            throw new UnreadableRecord("the record has no value");
        }
        try {
            E event = MAPPER.readValue(value, type);
            if (event == null) {
                throw new UnreadableRecord("the value is null");
            }
            return event;
        } catch (IOException e) {
            throw new UnreadableRecord(reason(e));
        }
    }

    private static String reason(IOException e) {
        var cause = e instanceof JsonMappingException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof InvalidEvent invalid) {
            return invalid.getMessage() == null ? "invalid" : invalid.getMessage();
        }
        if (cause instanceof JsonParseException broken) {
            return "not JSON, at byte " + broken.getLocation().getByteOffset();
        }
        if (cause instanceof StreamConstraintsException) {
            return "JSON nested too deep, or with a number or a name too long";
        }
        return e instanceof JsonMappingException mismatch ? place(mismatch) : "not JSON in UTF-8";
    }

    private static String place(JsonMappingException e) {
        if (e instanceof InvalidTypeIdException) {
            return "status is missing or unknown";
        }
        var path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "not an event of this topic" : path + " is not of the expected form";
    }
}
