package io.captchapipeline.schemas.event;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The checks that events share; each names the field as it is written on the wire.
final class Rules {
    private static final int METADATA_BYTES = 1024;

    private Rules() {}

    static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new InvalidEvent(field + " is missing");
        }
        return value;
    }

    static String notBlank(@Nullable String value, String field) {
        var text = required(value, field);
        if (text.isBlank()) {
            throw new InvalidEvent(field + " is empty");
        }
        return text;
    }

    static int between(int value, int least, int most, String field) {
        if (value < least || value > most) {
            throw new InvalidEvent(field + " is not within " + least + " and " + most);
        }
        return value;
    }

    static void finite(@Nullable Double value, String field) {
        if (value != null && !Double.isFinite(value)) {
            throw new InvalidEvent(field + " is not a finite number");
        }
    }

    /// An immutable copy that keeps the order; absent is empty.
    static <V> Map<String, V> copy(@Nullable Map<String, V> map, String field) {
        if (map == null || map.isEmpty()) {
            return Map.of();
        }
        if (map.values().stream().anyMatch(Objects::isNull)) {
            throw new InvalidEvent(field + " has a null value");
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    static Map<String, String> metadata(@Nullable Map<String, String> metadata) {
        var copy = copy(metadata, "metadata");
        int size = 0;
        for (var entry : copy.entrySet()) {
            size += utf8Length(entry.getKey()) + utf8Length(entry.getValue());
        }
        if (size > METADATA_BYTES) {
            throw new InvalidEvent("metadata is over " + METADATA_BYTES + " bytes");
        }
        return copy;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
