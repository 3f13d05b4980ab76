package io.captchapipeline.kit.settings;

import java.util.function.Function;

/// What a setting's text means, and how to say what is allowed. `parse` throws [IllegalArgumentException] on anything
/// that is not.
public record Type<T>(String description, Function<String, T> parse) {}
