package io.captchapipeline.alerting.figures;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How alerting writes down what only alerting reads: as JSON, times in milliseconds. Unknown fields are passed over,
/// so a newer version can be taken back.
public final class Form {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            .disable(SerializationFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
            .build();
    private static final int HEX_DIGITS = 16;

    private Form() {}

    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static <T> T read(byte[] bytes, Class<T> type) {
        try {
            return MAPPER.readValue(bytes, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nothing if it is something else.
    public static <T> Optional<T> ifReadable(byte[] bytes, Class<T> type) {
        try {
            return Optional.ofNullable(MAPPER.readValue(bytes, type));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public static <T> T read(byte[] bytes, TypeReference<T> type) {
        try {
            return MAPPER.readValue(bytes, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static <T> @Nullable T find(Table table, String key, Class<T> type) {
        var bytes = table.get(key);
        return bytes == null ? null : read(bytes, type);
    }

    /// A time as a part of a key: the order of keys is the order of times.
    public static String hex(Instant time) {
        var digits = Long.toHexString(Math.max(0, time.toEpochMilli()));
        return "0".repeat(HEX_DIGITS - digits.length()) + digits;
    }

    public static Instant time(String hex) {
        return Instant.ofEpochMilli(Long.parseLong(hex.substring(0, HEX_DIGITS), HEX_DIGITS));
    }
}
