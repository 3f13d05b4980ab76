package io.captchapipeline.audit;

import java.util.Arrays;
import java.util.HexFormat;

/// 32 bytes that stand for everything up to some row of a chain.
final class Digest {
    private final byte[] bytes;

    Digest(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    static Digest ofHex(String hex) {
        return new Digest(HexFormat.of().parseHex(hex));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex().substring(0, Math.min(8, 2 * bytes.length));
    }
}
