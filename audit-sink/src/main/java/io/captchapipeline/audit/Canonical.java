package io.captchapipeline.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Fields as bytes, each with its length before it, so that no field can be taken for a part of its neighbour.
final class Canonical {
    private static final int ABSENT = -1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Canonical number(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    Canonical text(@Nullable String text) {
        if (text == null) {
            return length(ABSENT);
        }
        var bytes = text.getBytes(UTF_8);
        length(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    Canonical digest(Digest digest) {
        out.writeBytes(digest.bytes());
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private Canonical length(int length) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        return this;
    }
}
