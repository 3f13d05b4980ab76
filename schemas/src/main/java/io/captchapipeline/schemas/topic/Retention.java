package io.captchapipeline.schemas.topic;

import java.time.Duration;

/// How long a topic keeps its records.
public sealed interface Retention {
    /// Everything for this long, in segments that each span `segment`.
    record For(Duration time, Duration segment) implements Retention {}

    /// The newest record of each key, for ever.
    record Newest() implements Retention {}
}
