package io.captchapipeline.router.ledger;

import static java.util.stream.Collectors.joining;

import io.captchapipeline.router.ledger.Samples.Shape;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The table of docs/ledger.md: what every event makes of every state, as the code decides it.
final class LedgerPage {
    static final String BEGIN = "<!-- generated from the code: begin -->\n";
    static final String END = "<!-- generated from the code: end -->\n";

    private static final Instant SOON = Events.T0.plusSeconds(1);
    private static final Ledger LEDGER = new Ledger(Events.RULES);

    /// An event by the words of the page, for a request that has come so far.
    record Row(String event, Shape shape, LedgerEvent read, Instant now) {}

    /// A state, with a request that has come so far; null where there is no entry.
    interface State {
        @Nullable
        Entry of(Shape shape);
    }

    private LedgerPage() {}

    static String table() {
        var page = new StringBuilder();
        states(requestStates(), requestRows(), page.append("\n### Entries of requests, `r:`\n"));
        states(taskStates(), taskRows(), page.append("\n### Entries of tasks, `t:`\n"));
        return page.append('\n').toString();
    }

    static Map<String, State> requestStates() {
        var states = new LinkedHashMap<String, State>();
        states.put("no entry", _ -> null);
        states.put("Waiting", Samples::waiting);
        states.put("Refused", Samples::refused);
        states.put("Asked", Samples::asked);
        states.put("Accepted", Samples::accepted);
        states.put("Claimed", _ -> Samples.claimed());
        states.put("Announced", _ -> Samples.announced("r-1"));
        states.put("Settled", _ -> Samples.settled());
        return states;
    }

    static Map<String, State> taskStates() {
        var states = new LinkedHashMap<String, State>();
        states.put("no entry", _ -> null);
        states.put("Unannounced", _ -> Samples.unannounced());
        states.put("Announced", _ -> Samples.announced("11"));
        states.put("Alias", _ -> Samples.alias());
        states.put("Settled", _ -> Samples.settled());
        return states;
    }

    static List<Row> requestRows() {
        var rows = new ArrayList<Row>();
        rows.add(first("a request; here, the same again", Events.request("r-1", "", SOON)));
        rows.add(first("other content under its id", Events.request("r-1", ",\"max_attempts\":5", SOON)));
        rows.add(first("an invalid request", Events.request("r-1", ",\"max_attempts\":9", SOON)));
        rows.add(first("attempt record", Events.attempt("r-1", 1, SOON)));
        rows.add(first("announcement of the running attempt", Events.announcement("r-1", 1, "11", SOON)));
        rows.add(first("announcement of another task for it", Events.announcement("r-1", 1, "66", SOON)));
        rows.add(of(
                "announcement of an earlier, silent attempt", Shape.SECOND, Events.announcement("r-1", 1, "10", SOON)));
        rows.add(first("foreign announcement under its name", LedgerEvent.of(Events.foreign("r-1", "11"), SOON)));
        rows.add(first("refusal with a wait", LedgerEvent.of(Events.refused("r-1", 1, 5, SOON), SOON)));
        rows.add(first("solution, by its ticket", LedgerEvent.of(Events.solved("r-1", 1, "11", "token", SOON), SOON)));
        rows.add(first(
                "solution of another task, by its ticket",
                LedgerEvent.of(Events.solved("r-1", 1, "66", "x", SOON), SOON)));
        rows.add(of(
                "solution for an earlier, silent attempt",
                Shape.SECOND,
                LedgerEvent.of(Events.solved("r-1", 1, "10", "old", SOON), SOON)));
        rows.add(first("solution, by a poll", LedgerEvent.of(Events.polled("r-1", 1, "11", "token", SOON), SOON)));
        rows.add(first("`ERROR_CAPTCHA_UNSOLVABLE`, attempts left", failure("ERROR_CAPTCHA_UNSOLVABLE")));
        rows.add(of("`ERROR_CAPTCHA_UNSOLVABLE`, none left", Shape.LAST, failure("ERROR_CAPTCHA_UNSOLVABLE")));
        rows.add(first("any other failure", failure("ERROR_PROXY_FORMAT")));
        rows.add(of("failure of an earlier, silent attempt", Shape.SECOND, failure("ERROR_CAPTCHA_UNSOLVABLE")));
        rows.add(first(
                "bare solution along an alias",
                new RequestEvent.Forwarded(Samples.ID, Events.bare("11", "token", SOON))));
        rows.add(first(
                "solution by a route's ticket, along an alias",
                new RequestEvent.Forwarded(Samples.ID, Events.byRoute("11", "x", SOON))));
        rows.add(first("its task grants the name", new RequestEvent.Granted(Samples.ID, Samples.TASK)));
        rows.add(first("its task declines the name", new RequestEvent.Declined(Samples.ID, Samples.TASK)));
        rows.add(tick("tick at the next thing due", Shape.FIRST, Duration.ofMinutes(2)));
        rows.add(tick("the same, without attempts left", Shape.LAST, Duration.ofMinutes(2)));
        rows.add(tick("tick at the deadline", Shape.FIRST, Duration.ofMinutes(5)));
        rows.add(tick("tick days later", Shape.FIRST, Duration.ofDays(30)));
        return rows;
    }

    static List<Row> taskRows() {
        var other = new RequestId("r-2");
        return List.of(
                first("announcement under its own id", LedgerEvent.of(Events.foreign(null, "11"), SOON)),
                first("bare solution", LedgerEvent.of(Events.bare("11", "token", SOON), SOON)),
                first(
                        "another solution, by a route's ticket",
                        LedgerEvent.of(Events.byRoute("11", "other", SOON), SOON)),
                first("it is request r-1's", new TaskEvent.Aliased(Samples.TASK, Samples.ID, SOON)),
                first("it is request r-2's", new TaskEvent.Aliased(Samples.TASK, other, SOON)),
                first("r-1 asks for it", new TaskEvent.Claim(Samples.TASK, Samples.ID, SOON)),
                first("r-2 asks for it", new TaskEvent.Claim(Samples.TASK, other, SOON)),
                tick("tick after the grace", Shape.FIRST, Duration.ofSeconds(2)),
                tick("tick at the first poll", Shape.FIRST, Duration.ofMinutes(1)),
                tick("tick at the deadline", Shape.FIRST, Duration.ofMinutes(5)),
                tick("tick days later", Shape.FIRST, Duration.ofDays(30)));
    }

    private static void states(Map<String, State> states, List<Row> rows, StringBuilder page) {
        states.forEach((name, state) -> {
            page.append("\n**").append(name).append("**\n\n| event | becomes | and |\n| --- | --- | --- |\n");
            grouped(state, rows)
                    .forEach((does, events) -> page.append("| %s | %s |\n".formatted(String.join("; ", events), does)));
        });
    }

    /// Events by what they make of a state; those that make nothing of it are left out.
    private static Map<String, List<String>> grouped(State state, List<Row> rows) {
        var grouped = new LinkedHashMap<String, List<String>>();
        for (var row : rows) {
            var before = state.of(row.shape());
            var decision = LEDGER.decide(before, row.read(), row.now());
            if (!decision.equals(Decision.of(before))) {
                grouped.computeIfAbsent(becomes(before, decision) + " | " + does(decision), _ -> new ArrayList<>())
                        .add(row.event());
            }
        }
        return grouped;
    }

    private static String becomes(@Nullable Entry before, Decision decision) {
        var after = decision.entry();
        if (Objects.equals(before, after)) {
            return "";
        }
        return after == null ? "no entry" : after.getClass().getSimpleName();
    }

    private static String does(Decision decision) {
        return decision.outputs().stream().map(LedgerPage::word).collect(joining(", "));
    }

    private static String word(Output output) {
        return switch (output) {
            case Output.KeepParams kept -> "keep params";
            case Output.ForgetParams forgotten -> "forget params";
            case Output.Admit admit -> "admit attempt " + admit.attempt();
            case Output.Poll poll -> "poll";
            case Output.Tell tell -> "tell **" + word(tell.outcome()) + "**";
            case Output.Send send -> word(send.link());
            case Output.Bury bury -> "dead letter `" + bury.reason() + "`";
            case Output.Count count -> "count `" + count.counted() + "`";
        };
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Solved solved -> "solved";
            case Outcome.Failed failed -> failed.error();
        };
    }

    private static String word(Link link) {
        var to = "`" + link.key() + "`";
        return switch (link) {
            case TaskEvent.Aliased aliased -> "tell " + to + " whose it is";
            case TaskEvent.Claim claim -> "ask " + to + " for the name";
            case RequestEvent.Granted granted -> "grant " + to;
            case RequestEvent.Declined declined -> "decline " + to;
            case RequestEvent.Forwarded forwarded -> "forward to " + to;
        };
    }

    private static Row first(String event, LedgerEvent read) {
        return of(event, Shape.FIRST, read);
    }

    private static Row of(String event, Shape shape, LedgerEvent read) {
        return new Row(event, shape, read, SOON);
    }

    private static Row tick(String event, Shape shape, Duration after) {
        var at = Events.T0.plus(after);
        return new Row(event, shape, new LedgerEvent.Tick(at), at);
    }

    private static LedgerEvent failure(String error) {
        return LedgerEvent.of(Events.failed("r-1", 1, "11", error, SOON), SOON);
    }
}
