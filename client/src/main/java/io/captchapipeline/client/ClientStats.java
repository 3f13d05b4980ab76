package io.captchapipeline.client;

/// What a client saw since it was connected.
///
/// @param open requests that wait for their outcome
/// @param answered requests whose outcome came
/// @param unreadable records on outcome topics that are no outcome; they were passed
public record ClientStats(int open, long answered, long unreadable) {}
