package io.captchapipeline.client;

/// What the readers of a work queue did since it was opened.
///
/// @param delivered answers that were handed out
/// @param expired solutions that were too old to be of use, and were passed
/// @param otherRoutes answers of routes that this queue does not want, and passed
/// @param unreadable records that are no outcome; they were rejected
/// @param lost answers whose acknowledgement the broker refused, since it had given them to another worker meanwhile
public record QueueStats(long delivered, long expired, long otherRoutes, long unreadable, long lost) {}
