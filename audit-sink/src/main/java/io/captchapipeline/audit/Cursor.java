package io.captchapipeline.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.consume.Partition;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The place of a row in the order of pages: by time, and among equals by where it lies.
record Cursor(long atMillis, Partition partition, long seq) {
    private static final int FIELDS = 4;

    static Cursor of(Link link) {
        return new Cursor(link.row().at().toEpochMilli(), link.row().partition(), link.seq());
    }

    /// Null for a text that is no cursor.
    static @Nullable Cursor read(String text) {
        try {
            var fields = new String(Base64.getUrlDecoder().decode(text), UTF_8).split("\n", -1);
            return fields.length != FIELDS || fields[1].indexOf('\0') >= 0
                    ? null
                    : new Cursor(
                            Long.parseLong(fields[0]),
                            new Partition(fields[1], Integer.parseInt(fields[2])),
                            Long.parseLong(fields[3]));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    String text() {
        var fields = atMillis + "\n" + partition.topic() + "\n" + partition.number() + "\n" + seq;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fields.getBytes(UTF_8));
    }
}
