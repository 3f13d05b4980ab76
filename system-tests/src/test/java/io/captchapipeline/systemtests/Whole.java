package io.captchapipeline.systemtests;

/// What `Load` poisons topics with ends in the middle.
final class Whole {
    private Whole() {}

    static boolean is(byte[] value) {
        return value.length > 0 && value[value.length - 1] == '}';
    }
}
