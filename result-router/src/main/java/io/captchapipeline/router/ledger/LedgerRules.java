package io.captchapipeline.router.ledger;

import io.captchapipeline.kit.settings.ByMethod;
import io.captchapipeline.schemas.event.Method;
import java.time.Duration;
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
}
