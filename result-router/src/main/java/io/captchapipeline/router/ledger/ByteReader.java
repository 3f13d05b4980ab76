package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.wire.UnreadableRecord;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what [ByteWriter] wrote.
final class ByteReader {
    private static final int LOW = 0x7f;
    private static final int BITS = 7;

    private final ByteBuffer bytes;

    private ByteReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /// All of these bytes as one value.
    static <T> T all(byte[] bytes, Function<ByteReader, T> read) {
        var reader = new ByteReader(bytes);
        try {
            var value = read.apply(reader);
            if (reader.bytes.hasRemaining()) {
                throw new UnreadableBytes("more bytes than expected");
            }
            return value;
        } catch (BufferUnderflowException e) {
            throw new UnreadableBytes("fewer bytes than expected");
        } catch (IllegalArgumentException | DateTimeException | UnreadableRecord e) {
            throw new UnreadableBytes("a value of no valid form");
        }
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            byte next = bytes.get();
            value |= (long) (next & LOW) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new UnreadableBytes("a number without an end");
    }

    int small() {
        return (int) number();
    }

    boolean flag() {
        return number() != 0;
    }

    long digest(int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = (value << Byte.SIZE) | Byte.toUnsignedLong(bytes.get());
        }
        return value;
    }

    byte[] block() {
        long length = number();
        if (length < 0 || length > bytes.remaining()) {
            throw new UnreadableBytes("fewer bytes than expected");
        }
        var block = new byte[(int) length];
        bytes.get(block);
        return block;
    }

    String text() {
        return new String(block(), StandardCharsets.UTF_8);
    }

    Instant seconds() {
        return Instant.ofEpochSecond(number());
    }

    Instant time() {
        return Instant.ofEpochSecond(number(), number());
    }

    Map<String, String> texts() {
        var map = new LinkedHashMap<String, String>();
        for (long left = number(); left > 0; left--) {
            map.put(text(), text());
        }
        return map;
    }

    <T> List<T> each(Function<ByteReader, T> read) {
        var values = new ArrayList<T>();
        for (long left = number(); left > 0; left--) {
            values.add(read.apply(this));
        }
        return values;
    }

    <T> @Nullable T maybe(Function<ByteReader, T> read) {
        return flag() ? read.apply(this) : null;
    }
}
