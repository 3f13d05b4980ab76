package io.captchapipeline.router.ledger;

import io.captchapipeline.kit.settings.ByMethod;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Submitted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The settings that decisions depend on.
///
/// @param requestTimeout the time of a request that names none, and of a foreign task
/// @param attemptTimeout how long the solver may stay silent on an attempt that it may have taken
/// @param dedupRetention how long an outcome is remembered
/// @param tokenLife by method, or by family of methods: `image`, `text`
public record LedgerRules(
        Duration requestTimeout,
        Duration attemptTimeout,
        Duration dedupRetention,
        PollRules polls,
        ByMethod tokenLife) {
    /// How long the result of an unknown task waits for its announcement.
    public static final Duration GRACE = Duration.ofSeconds(2);

    /// How long a solution of this method is good; empty where it does not expire.
    Optional<Duration> life(@Nullable Method method) {
        if (method == null) {
            return tokenLife.otherwise();
        }
        var known = tokenLife.named();
        return known.containsKey(method.value())
                ? tokenLife.of(method.value())
                : tokenLife.of(Family.of(method).wire());
    }

    /// Whether what the broker took at this time may already have been remembered and forgotten again.
    boolean hasForgotten(Instant at, Instant now) {
        return at.plus(dedupRetention).isBefore(now);
    }

    /// How long what ends at this time is remembered.
    Instant remembered(Instant end) {
        return end.plus(dedupRetention);
    }

    /// A foreign task, as announced at this time.
    Foreign foreign(Submitted announcement, Instant at) {
        var deadline = announcement.deadline();
        return new Foreign(
                announcement.identity(),
                announcement.taskId(),
                announcement.method(),
                announcement.route(),
                announcement.metadata(),
                announcement.submittedAt(),
                announcement.account(),
                announcement.expectsCallback(),
                at,
                deadline == null ? at.plus(requestTimeout) : deadline);
    }

    /// A foreign task can be polled for only by the account that has it.
    Polling polls(Foreign foreign) {
        return foreign.account() == null
                ? Polling.NEVER
                : polls.from(foreign.announcedAt(), foreign.method(), foreign.awaitsCallback(), foreign.time());
    }
}
