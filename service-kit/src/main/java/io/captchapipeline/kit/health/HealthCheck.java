package io.captchapipeline.kit.health;

import java.util.function.Supplier;

/// A named reading of some part's health. Reading must not block: it tells what is known.
public record HealthCheck(String name, Supplier<Health> read) {}
