package io.captchapipeline.kit.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A duration for each method of solving, and one for all others; empty where there is none.
public record ByMethod(Optional<Duration> otherwise, Map<String, Optional<Duration>> named) {

    public ByMethod {
        named = Map.copyOf(named);
    }

    public Optional<Duration> of(String method) {
        return named.getOrDefault(method, otherwise);
    }
}
