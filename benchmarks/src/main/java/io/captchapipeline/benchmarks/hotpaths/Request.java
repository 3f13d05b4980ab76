package io.captchapipeline.benchmarks.hotpaths;

import io.captchapipeline.kit.settings.ByMethod;
import io.captchapipeline.router.ledger.Entry;
import io.captchapipeline.router.ledger.Ledger;
import io.captchapipeline.router.ledger.LedgerEvent;
import io.captchapipeline.router.ledger.LedgerRules;
import io.captchapipeline.router.ledger.Output;
import io.captchapipeline.router.ledger.PollRules;
import io.captchapipeline.router.ledger.RequestEvent;
import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Params;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request on its way: what everybody says of it, and what the ledger makes of that.
final class Request {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123Z");
    static final RequestId ID = new RequestId("5f8a2a4e-3c1b-4b7e-9f0d-8c1a2b3c4d5e");
    static final TaskId TASK = new TaskId("2122988149");
    static final Method METHOD = new Method("userrecaptcha");
    static final Route ROUTE = new Route("login");
    /// As long as that of a reCAPTCHA.
    static final String TOKEN = "03AGdBq25_x7-".repeat(39).substring(0, 500);

    private static final Map<String, String> METADATA = Map.of("job", "42");
    private static final Account ACCOUNT = new Account("main");
    private static final Duration HOUR = Duration.ofHours(1);

    private Request() {}

    static Ledger ledger() {
        return new Ledger(new LedgerRules(
                HOUR,
                HOUR,
                Duration.ofHours(24),
                new PollRules(null, Duration.ofSeconds(10), 20, true),
                new ByMethod(Optional.of(Duration.ofMinutes(2)), Map.of())));
    }

    static Result callback() {
        return new Result.Solved(
                TASK,
                ID,
                Solution.of(TOKEN),
                null,
                ROUTE,
                METHOD,
                Source.CALLBACK,
                NOW,
                new BigDecimal("0.00299"),
                1,
                TicketKind.REQUEST);
    }

    static LedgerEvent called() {
        return LedgerEvent.of(callback(), NOW);
    }

    /// What the ledger remembers when the callback comes.
    static Entry accepted() {
        var ledger = ledger();
        var asks = new SubmitRequest(
                ID, METHOD, new Params(Map.of("googlekey", "6LeIxAcTAAAA")), ROUTE, null, null, METADATA);
        var waiting = next(ledger, null, new RequestEvent.Requested(ID, asks, 42, NOW));
        var asked = next(ledger, waiting, LedgerEvent.of(new Attempt(ID, 1, METHOD, ROUTE, ACCOUNT, NOW), NOW));
        return next(
                ledger,
                asked,
                LedgerEvent.of(
                        new Submitted(TASK, ID, METHOD, ROUTE, 1, NOW, NOW.plus(HOUR), ACCOUNT, METADATA, null), NOW));
    }

    /// What is told of it in the end.
    static Outcome outcome() {
        return ledger().decide(accepted(), called(), NOW).outputs().stream()
                .filter(Output.Tell.class::isInstance)
                .map(tell -> ((Output.Tell) tell).outcome())
                .findFirst()
                .orElseThrow();
    }

    private static Entry next(Ledger ledger, @Nullable Entry entry, LedgerEvent event) {
        return Objects.requireNonNull(ledger.decide(entry, event, NOW).entry());
    }
}
