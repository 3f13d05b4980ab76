package io.captchapipeline.schemas.event;

import org.jspecify.annotations.Nullable;

/// What an event says of itself in its record's headers, so that a consumer can choose without parsing.
public record About(
        @Nullable TaskId taskId,
        @Nullable RequestId requestId,
        @Nullable String status,
        @Nullable Route route,
        @Nullable Method method) {
    public static final About NOTHING = new About(null, null, null, null, null);
}
