package io.captchapipeline.router.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Writes values compactly, one after the other; [ByteReader] reads them in the same order.
final class ByteWriter {
    private static final int LOW = 0x7f;
    private static final int MORE = 0x80;
    private static final int BITS = 7;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);

    ByteWriter number(long value) {
        long rest = value;
        while ((rest & ~LOW) != 0) {
            bytes.write((int) ((rest & LOW) | MORE));
            rest >>>= BITS;
        }
        bytes.write((int) rest);
        return this;
    }

    ByteWriter flag(boolean value) {
        return number(value ? 1 : 0);
    }

    /// All bits of it.
    ByteWriter digest(long value, int size) {
        for (int shift = Byte.SIZE * (size - 1); shift >= 0; shift -= Byte.SIZE) {
            bytes.write((int) (value >>> shift));
        }
        return this;
    }

    ByteWriter block(byte[] block) {
        number(block.length);
        bytes.writeBytes(block);
        return this;
    }

    /// Anything whose text is all of it: ids, names.
    ByteWriter text(Object value) {
        return block(value.toString().getBytes(StandardCharsets.UTF_8));
    }

    ByteWriter seconds(Instant time) {
        return number(time.getEpochSecond());
    }

    ByteWriter time(Instant time) {
        number(time.getEpochSecond());
        return number(time.getNano());
    }

    ByteWriter texts(Map<String, String> map) {
        number(map.size());
        map.forEach((name, value) -> text(name).text(value));
        return this;
    }

    <T> ByteWriter each(Collection<T> values, BiConsumer<ByteWriter, T> write) {
        number(values.size());
        values.forEach(value -> write.accept(this, value));
        return this;
    }

    <T> ByteWriter maybe(@Nullable T value, BiConsumer<ByteWriter, T> write) {
        flag(value != null);
        if (value != null) {
            write.accept(this, value);
        }
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
