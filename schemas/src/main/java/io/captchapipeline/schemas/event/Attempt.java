package io.captchapipeline.schemas.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The solver is being asked now; from here on a price may have been paid.
public record Attempt(
        RequestId requestId,
        int attempt,
        Method method,
        @Nullable Route route,
        Account account,
        Instant at) implements Event {
    public Attempt {
        Rules.required(requestId, "request_id");
        Rules.between(attempt, 1, SubmitRequest.MOST_ATTEMPTS, "attempt");
        Rules.required(method, "method");
        Rules.required(account, "account");
        Rules.required(at, "at");
    }

    @Override
    public String key() {
        return requestId.value();
    }

    @Override
    public About about() {
        return new About(null, requestId, null, route, method);
    }
}
