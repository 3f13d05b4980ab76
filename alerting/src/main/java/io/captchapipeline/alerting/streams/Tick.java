package io.captchapipeline.alerting.streams;

import io.captchapipeline.alerting.judge.Figure;
import org.jspecify.annotations.Nullable;

/// What is written to the clock: that the broker puts a time on it is what counts. It carries what this instance's
/// prober found last.
record Tick(Figure.@Nullable Probe probe) {}
