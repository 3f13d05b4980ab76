package io.captchapipeline.sandbox;

import java.nio.charset.StandardCharsets;

/// What looks like chance and is a function of the seed, of who asks, and of how often they have asked since the seed
/// was set. So the same requests meet the same faults, in whatever order and on however many connections they come.
///
/// @param who asks: a request's id, or a pingback's path
/// @param nth how often they have asked before
record Dice(long seed, String who, long nth) {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /// Whether a thing that happens at this rate happens now. Each name is a die of its own.
    boolean happens(String name, double rate) {
        return roll(name) < rate;
    }

    /// A whole number from `least` to `most`, both of them possible.
    int between(String name, int least, int most) {
        return least + (int) (roll(name) * (most - least + 1L));
    }

    /// From 0 up to but not including 1.
    private double roll(String name) {
        long bits = mixed(mixed(mixed(mixed(seed) ^ hash(who)) + nth) ^ hash(name));
        return (bits >>> 11) * 0x1.0p-53;
    }

    /// FNV-1a, 64 bits.
    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    /// The finisher of SplitMix64, so that neighbouring inputs have nothing in common.
    private static long mixed(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
