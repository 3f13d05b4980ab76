package io.captchapipeline.alerting.figures;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request that failed, by name.
public record FailedRequest(String id, @Nullable String route, String error, Instant at) {}
