package io.captchapipeline.submitter;

import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Overdue;
import io.captchapipeline.schemas.event.Params;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the router would write.
final class Requests {
    static final Map<String, String> PARAMS = Map.of("sitekey", "0x4AAA", "pageurl", "https://example.com");

    private Requests() {}

    static Admitted admitted(String method, Map<String, String> params) {
        return admitted("r-1", method, params, Instant.parse("2099-01-01T00:00:00Z"));
    }

    static Admitted turnstile(String id, Instant deadline) {
        return admitted(id, "turnstile", PARAMS, deadline);
    }

    static Admitted admitted(String id, String method, Map<String, String> params, Instant deadline) {
        return new Admitted(
                new RequestId(id),
                1,
                new Method(method),
                new Params(params),
                new Route("login"),
                Instant.parse("2026-11-01T12:00:00Z"),
                deadline,
                Map.of("job", "42"));
    }

    static Overdue overdue(String taskId, int poll, @Nullable Account account, Instant dueAt) {
        return new Overdue(
                new RequestId("r-1"),
                new TaskId(taskId),
                1,
                poll,
                new Method("turnstile"),
                new Route("login"),
                account,
                dueAt);
    }
}
