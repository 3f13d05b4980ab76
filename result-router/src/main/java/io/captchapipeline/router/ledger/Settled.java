package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The outcome has been told; kept, as small as can be, so that whatever still comes is known to be too late.
///
/// @param until when it is forgotten
/// @param content the digest of the request; null where there was none
/// @param answer the answer that counted; null where none came
public record Settled(
        Instant until, @Nullable Long content, @Nullable Answer answer) implements RequestEntry, TaskEntry {
    public Settled {
        until = Seconds.up(until);
    }

    /// What another answer is.
    Counted another(Result result) {
        return answer == null ? Counted.LATE_ANSWER : answer.besides(Answer.of(result));
    }

    @Override
    public Instant due() {
        return until;
    }

    @Override
    public boolean pending() {
        return false;
    }
}
