package io.captchapipeline.router.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// SHA-256 over a sequence of values, each with its length, so that no two sequences run into each other.
final class Digest {
    private final MessageDigest sha256;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Digest of(String first, String second) {
        return new Digest().add(first).add(second);
    }

    /// Absent is not empty.
    Digest add(@Nullable Object value) {
        if (value == null) {
            return length(-1);
        }
        var bytes = value.toString().getBytes(StandardCharsets.UTF_8);
        length(bytes.length);
        sha256.update(bytes);
        return this;
    }

    /// Whatever the order of its keys.
    Digest add(Map<String, String> map) {
        length(map.size());
        new TreeMap<>(map).forEach((name, value) -> add(name).add(value));
        return this;
    }

    private Digest length(int length) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        return this;
    }

    long large() {
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }

    int small() {
        return ByteBuffer.wrap(sha256.digest()).getInt();
    }
}
