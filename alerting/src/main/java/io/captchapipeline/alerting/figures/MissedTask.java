package io.captchapipeline.alerting.figures;

import java.time.Instant;

/// A task without its callback, and when its time was up.
public record MissedTask(String id, Instant at) {}
