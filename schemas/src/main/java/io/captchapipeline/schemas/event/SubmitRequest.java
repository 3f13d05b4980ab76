package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A scraper asks: solve this. Without `request_id` one is derived from where the record lies.
public record SubmitRequest(
        @Nullable RequestId requestId,
        Method method,
        Params params,
        @Nullable Route route,
        @Nullable Integer timeoutSeconds,
        @Nullable Integer maxAttempts,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> metadata)
        implements Event {
    public static final int MOST_ATTEMPTS = 5;
    public static final int DEFAULT_ATTEMPTS = 2;

    public SubmitRequest {
        Rules.required(method, "method");
        Rules.required(params, "params");
        if (timeoutSeconds != null) {
            Rules.between(timeoutSeconds, 1, Integer.MAX_VALUE, "timeout_seconds");
        }
        if (maxAttempts != null) {
            Rules.between(maxAttempts, 1, MOST_ATTEMPTS, "max_attempts");
        }
        metadata = Rules.metadata(metadata);
    }

    @Override
    public @Nullable String key() {
        return requestId == null ? null : requestId.value();
    }

    @Override
    public About about() {
        return new About(null, requestId, null, route, method);
    }
}
