package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Method;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When an accepted task is polled for.
///
/// @param after as set; null for the defaults
/// @param most polls of one task
/// @param callsBack whether there is a callback URL
public record PollRules(@Nullable Duration after, Duration interval, int most, boolean callsBack) {
    private static final Duration CALLBACK_LATE = Duration.ofSeconds(60);
    private static final Duration IMAGE_READY = Duration.ofSeconds(5);
    private static final Duration TOKEN_READY = Duration.ofSeconds(15);

    /// The plan for a task accepted now.
    ///
    /// @param awaitsCallback whether its announcement lets one expect a callback
    /// @param time all that its request has
    Polling from(Instant accepted, @Nullable Method method, boolean awaitsCallback, Duration time) {
        return most == 0
                ? Polling.NEVER
                : new Polling(0, accepted.plus(pause(method, callsBack && awaitsCallback, time)));
    }

    /// The plan after another poll.
    Polling again(Polling polling, Instant now) {
        int done = polling.done() + 1;
        return new Polling(done, done < most ? now.plus(interval) : null);
    }

    private Duration pause(@Nullable Method method, boolean called, Duration time) {
        if (after != null) {
            return after;
        }
        if (called) {
            var half = time.dividedBy(2);
            return half.compareTo(CALLBACK_LATE) < 0 ? half : CALLBACK_LATE;
        }
        return Family.of(method) == Family.TOKEN ? TOKEN_READY : IMAGE_READY;
    }
}
