package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The task that the solver took for an attempt.
///
/// @param account whom to poll it as
public record Taken(
        TaskId taskId, Instant submittedAt, @Nullable Account account) {}
