package io.captchapipeline.kit.kafka;

import java.time.Instant;

/// Whether the brokers answer this process, and since when that is so.
public record KafkaReach(boolean reachable, Instant since) {}
