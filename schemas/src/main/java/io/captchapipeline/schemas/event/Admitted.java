package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request waits for its turn at the solver, for the attempt of this number.
public record Admitted(
        RequestId requestId,
        int attempt,
        Method method,
        Params params,
        @Nullable Route route,
        Instant admittedAt,
        Instant deadline,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> metadata)
        implements Event {
    public Admitted {
        Rules.required(requestId, "request_id");
        Rules.between(attempt, 1, SubmitRequest.MOST_ATTEMPTS, "attempt");
        Rules.required(method, "method");
        Rules.required(params, "params");
        Rules.required(admittedAt, "admitted_at");
        Rules.required(deadline, "deadline");
        metadata = Rules.metadata(metadata);
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
