package io.captchapipeline.schemas.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something operators should know begins, goes on or has ended.
public record Alert(
        AlertName alert,
        Severity severity,
        AlertState state,
        String summary,
        @Nullable Double value,
        @Nullable Double threshold,
        Instant since,
        Instant at,
        Map<String, String> labels)
        implements Event {
    public Alert {
        Rules.required(alert, "alert");
        Rules.required(severity, "severity");
        Rules.required(state, "state");
        Rules.notBlank(summary, "summary");
        Rules.finite(value, "value");
        Rules.finite(threshold, "threshold");
        Rules.required(since, "since");
        Rules.required(at, "at");
        labels = Rules.copy(labels, "labels");
    }

    @Override
    public String key() {
        return alert.wire();
    }

    @Override
    public About about() {
        return new About(null, null, state.wire(), null, null);
    }
}
