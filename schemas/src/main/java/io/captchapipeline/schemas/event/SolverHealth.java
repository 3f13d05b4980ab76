package io.captchapipeline.schemas.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one account at the solver stands, as one submitter sees it. `refusals` counts the solver's codes since start.
///
/// @param instance of the submitter, whose breaker it is
public record SolverHealth(
        Account account,
        Instant at,
        @Nullable BigDecimal balance,
        Breaker breaker,
        Map<String, Long> refusals,
        @Nullable Instant pausedUntil,
        @Nullable String instance)
        implements Event {
    public SolverHealth {
        Rules.required(account, "account");
        Rules.required(at, "at");
        Rules.required(breaker, "breaker");
        refusals = Rules.copy(refusals, "refusals");
    }

    @Override
    public String key() {
        return account.value();
    }

    @Override
    public About about() {
        return new About(null, null, breaker.wire(), null, null);
    }
}
