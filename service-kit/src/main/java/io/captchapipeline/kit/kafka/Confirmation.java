package io.captchapipeline.kit.kafka;

/// The broker has the event, on all replicas that are in sync: here.
public record Confirmation(int partition, long offset) {}
