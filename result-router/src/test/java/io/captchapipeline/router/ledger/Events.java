package io.captchapipeline.router.ledger;

import io.captchapipeline.kit.settings.ByMethod;
import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The events of tests, and rules with the defaults of the settings.
final class Events {
    static final Instant T0 = Instant.parse("2026-11-01T12:00:00Z");
    static final Account ACCOUNT = new Account("main");
    static final Method METHOD = new Method("userrecaptcha");
    static final LedgerRules RULES = new LedgerRules(
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofHours(24),
            new PollRules(null, Duration.ofSeconds(10), 20, true),
            new ByMethod(
                    Optional.of(Duration.ofMinutes(2)), Map.of("image", Optional.empty(), "text", Optional.empty())));

    private Events() {}

    static RequestEvent request(String id, String more, Instant at) {
        var json = """
                {"method":"userrecaptcha","params":{"googlekey":"6Le","pageurl":"https://example.com"},
                 "route":"login","metadata":{"job":"42"}%s}""".formatted(more);
        return RequestReader.read(json.getBytes(StandardCharsets.UTF_8), new RequestId(id), at);
    }

    static LedgerEvent attempt(String id, int attempt, Instant at) {
        return LedgerEvent.of(new Attempt(new RequestId(id), attempt, METHOD, new Route("login"), ACCOUNT, at), at);
    }

    static LedgerEvent announcement(String id, int attempt, String task, Instant at) {
        return LedgerEvent.of(
                new Submitted(
                        new TaskId(task),
                        new RequestId(id),
                        METHOD,
                        new Route("login"),
                        attempt,
                        at,
                        null,
                        ACCOUNT,
                        Map.of(),
                        null),
                at);
    }

    /// Of a foreign task; `id` is null where it is given no name of its own.
    static Submitted foreign(@Nullable String id, String task) {
        return new Submitted(
                new TaskId(task),
                id == null ? null : new RequestId(id),
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of("by", "hand"),
                null);
    }

    static Result solved(String id, int attempt, String task, String solution, Instant at) {
        return solved(id, task, solution, at, Source.CALLBACK, attempt, TicketKind.REQUEST);
    }

    static Result polled(String id, int attempt, String task, String solution, Instant at) {
        return solved(id, task, solution, at, Source.POLL, attempt, TicketKind.NONE);
    }

    static Result bare(String task, String solution, Instant at) {
        return solved(task, task, solution, at, Source.CALLBACK, null, TicketKind.NONE);
    }

    static Result byRoute(String task, String solution, Instant at) {
        return solved(task, task, solution, at, Source.CALLBACK, null, TicketKind.ROUTE);
    }

    static Result failed(String id, int attempt, @Nullable String task, String error, Instant at) {
        return failed(id, attempt, task, error, null, at);
    }

    static Result refused(String id, int attempt, int seconds, Instant at) {
        return failed(id, attempt, null, "ERROR_NO_SLOT_AVAILABLE", seconds, at);
    }

    private static Result solved(
            String id,
            String task,
            String solution,
            Instant at,
            Source source,
            @Nullable Integer attempt,
            TicketKind ticket) {
        return new Result.Solved(
                new TaskId(task),
                new RequestId(id),
                Solution.of(solution),
                null,
                ticket == TicketKind.ROUTE ? new Route("shop") : null,
                null,
                source,
                at,
                new BigDecimal("0.00299"),
                attempt,
                ticket);
    }

    private static Result failed(
            String id,
            int attempt,
            @Nullable String task,
            String error,
            @Nullable Integer retryAfterSeconds,
            Instant at) {
        return new Result.Failed(
                task == null ? null : new TaskId(task),
                new RequestId(id),
                Status.ERROR,
                error,
                null,
                null,
                null,
                task == null ? Source.SUBMIT : Source.CALLBACK,
                at,
                null,
                attempt,
                TicketKind.REQUEST,
                retryAfterSeconds);
    }
}
