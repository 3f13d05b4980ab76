package io.captchapipeline.audit;

import io.captchapipeline.kit.consume.Partition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A record as the trail tells it: what it says of itself, and its content without secrets. Everything in it follows
/// from the record alone, so a record that is read again becomes the same row.
///
/// @param payload JSON; null where the record has no value
/// @param headers a JSON object
record Row(
        Partition partition,
        long offset,
        Instant at,
        String type,
        @Nullable String requestId,
        @Nullable String taskId,
        @Nullable String status,
        @Nullable String route,
        @Nullable String method,
        @Nullable Integer attempt,
        @Nullable String key,
        @Nullable String payload,
        String headers) {

    /// All of it and its place in the chain, in a form that two different rows never share.
    byte[] canonical(long seq) {
        return new Canonical()
                .text(partition.topic())
                .number(partition.number())
                .number(seq)
                .number(offset)
                .number(at.toEpochMilli())
                .text(type)
                .text(requestId)
                .text(taskId)
                .text(status)
                .text(route)
                .text(method)
                .text(attempt == null ? null : attempt.toString())
                .text(key)
                .text(payload)
                .text(headers)
                .bytes();
    }
}
