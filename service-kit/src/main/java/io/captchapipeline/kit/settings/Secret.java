package io.captchapipeline.kit.settings;

import java.nio.charset.StandardCharsets;

/// A value that must not be seen. It prints as `***`; whoever needs the value asks for it by name.
public record Secret(String value) {

    public static final String HIDDEN = "***";

    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
