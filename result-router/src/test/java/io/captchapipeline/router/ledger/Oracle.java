package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Watches a ledger from outside, remembers what it has read, and knows what it promises.
final class Oracle {
    private static final Set<String> AGAIN = Set.of("ERROR_CAPTCHA_UNSOLVABLE", "ERROR_BAD_DUPLICATES");

    /// What comes with a route's ticket for a ticketed task: it may be told under the task's own id, never as an answer
    /// to
    /// the request.
    static final String FORGED = "forged";

    /// What a request's ticket names in place of the task that was taken; only where none is known can that be
    /// believed.
    static final String WRONG_TASK = "666";

    final Map<Counted, Integer> counted = new EnumMap<>(Counted.class);
    final Map<String, Outcome> outcomes = new HashMap<>();
    private final Map<String, Instant> asked = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> answeredTasks = new HashSet<>();
    private final Map<String, Set<Instant>> refusals = new HashMap<>();
    private final Map<String, Integer> admissions = new HashMap<>();
    private final Map<String, Integer> accepted = new HashMap<>();
    private final Set<String> said = new HashSet<>();

    /// The solver took the task of an attempt: it is paid for.
    void accepted(String id, int attempt) {
        assertThat(accepted.merge(id + "/" + attempt, 1, Integer::sum))
                .as("attempt %s of %s paid twice", attempt, id)
                .isEqualTo(1);
    }

    /// The announcement of an attempt is in the log, read or not.
    void announced(String id, int attempt) {
        written.add(id + "/" + attempt);
    }

    /// What a solver really said, in whatever way it said it.
    void said(String task, String solution) {
        said.add(task + "=" + solution);
    }

    /// A step of the ledger: what it knew, what it read, what it did.
    void saw(LedgerEvent event, @Nullable Entry before, Decision decision, Instant now) {
        mustAnswer(event, before, decision);
        read(event);
        decision.outputs().forEach(output -> did(output, before, now));
        mustBeOfTheTaskTaken(event, before, decision);
    }

    private void did(Output output, @Nullable Entry before, Instant now) {
        switch (output) {
            case Output.Admit admit -> admitted(admit, before, now);
            case Output.Tell tell -> told(tell.outcome());
            case Output.Poll poll -> notEnded(poll.overdue().requestId().value(), "polled for");
            case Output.Count count -> counted.merge(count.counted(), 1, Integer::sum);
            case Output.KeepParams kept ->
                assertThat(before).as("params kept twice").isNull();
            case Output.ForgetParams forgotten ->
                assertThat(before).as("params forgotten twice").isInstanceOf(RequestEntry.Open.class);
            case Output.Send send -> {}
            case Output.Bury bury -> {}
        }
    }

    private void admitted(Output.Admit admit, @Nullable Entry before, Instant now) {
        var id = admit.requestId().value();
        int attempt = admit.attempt();
        int most = before instanceof RequestEntry.Open open
                ? open.progress().request().maxAttempts()
                : 1;
        assertThat(attempt).as("attempts of %s", id).isLessThanOrEqualTo(most);
        notEnded(id, "admitted");
        assertThat(now).as("%s admitted after its deadline", id).isBefore(admit.deadline());
        int times = admissions.merge(id + "/" + attempt, 1, Integer::sum);
        assertThat(times)
                .as("attempt %s of %s admitted without a refusal", attempt, id)
                .isLessThanOrEqualTo(
                        1 + refusals.getOrDefault(id + "/" + attempt, Set.of()).size());
        if (times == 1 && attempt > 1) {
            assertThat(mayFollow(id + "/" + (attempt - 1), now))
                    .as("attempt %s of %s before the last one failed or fell silent", attempt, id)
                    .isTrue();
        }
    }

    private boolean mayFollow(String attempt, Instant now) {
        var at = asked.get(attempt);
        boolean silent = at != null
                && !written.contains(attempt)
                && !at.plus(Duration.ofMinutes(2)).isAfter(now);
        return silent || failed.contains(attempt);
    }

    private void told(Outcome outcome) {
        notEnded(outcome.requestId().value(), "told");
        outcomes.put(outcome.requestId().value(), outcome);
        if (outcome instanceof Outcome.Solved solved) {
            mustBeReal(solved);
        }
    }

    private void mustBeReal(Outcome.Solved solved) {
        var solution = solved.solution().text();
        if (solution.equals(FORGED)) {
            assertThat(solved.requestId()).as("forged by a route's ticket").isEqualTo(RequestId.of(solved.taskId()));
        } else if (!solved.taskId().value().equals(WRONG_TASK)) {
            assertThat(said).contains(solved.taskId() + "=" + solution);
        }
    }

    /// A ticket with another task than the one taken for its attempt never makes an outcome.
    private static void mustBeOfTheTaskTaken(LedgerEvent event, @Nullable Entry before, Decision decision) {
        if (event instanceof RequestEvent.RequestAnswered of
                && before instanceof RequestEntry.Accepted accepted
                && Objects.equals(of.result().attempt(), accepted.progress().attempt())
                && !accepted.taken().taskId().equals(of.result().taskId())) {
            assertThat(decision).isEqualTo(Decision.counted(before, Counted.MISMATCHED_ANSWER));
        }
    }

    private void notEnded(String id, String what) {
        assertThat(outcomes).as("%s is %s after its outcome", id, what).doesNotContainKey(id);
    }

    private void read(LedgerEvent event) {
        switch (event) {
            case RequestEvent.AttemptMade made -> asked(made);
            case RequestEvent.RequestAnnounced of -> {}
            case RequestEvent.RequestAnswered of -> answered(of.result());
            case RequestEvent.Forwarded of -> answered(of.result());
            case RequestEvent.Requested of -> {}
            case RequestEvent.Unaskable of -> {}
            case RequestEvent.Granted of -> {}
            case RequestEvent.Declined of -> {}
            case TaskEvent of -> {}
            case LedgerEvent.Tick tick -> {}
        }
    }

    /// Its refusal may have been read before it.
    private void asked(RequestEvent.AttemptMade made) {
        var attempt = made.requestId() + "/" + made.attempt().attempt();
        if (refusals.getOrDefault(attempt, Set.of()).stream().allMatch(made.at()::isAfter)) {
            asked.put(attempt, made.at());
        }
    }

    private void answered(Result result) {
        var attempt = result.requestId() + "/" + result.attempt();
        if (result instanceof Result.Failed refused && refused.mayBeAskedAgain()) {
            refusals.computeIfAbsent(attempt, _ -> new HashSet<>()).add(refused.receivedAt());
            asked.computeIfPresent(attempt, (_, at) -> at.isAfter(refused.receivedAt()) ? at : null);
        } else if (result instanceof Result.Failed failure && AGAIN.contains(failure.error())) {
            failed.add(attempt);
        }
        answeredTasks.add(String.valueOf(result.taskId()));
    }

    /// The first real answer for a task, with the right ticket, ends its request with just that solution.
    private void mustAnswer(LedgerEvent event, @Nullable Entry before, Decision decision) {
        if (event instanceof RequestEvent.RequestAnswered of
                && of.result() instanceof Result.Solved solved
                && before instanceof RequestEntry.Open
                && said.contains(solved.taskId() + "=" + solved.solution().text())
                && !answeredTasks.contains(solved.taskId().value())) {
            assertThat(decision.outputs())
                    .as("an answer for %s", of.requestId())
                    .anySatisfy(output -> assertThat(output)
                            .isInstanceOfSatisfying(
                                    Output.Tell.class,
                                    tell -> assertThat(tell.outcome())
                                            .isInstanceOfSatisfying(
                                                    Outcome.Solved.class,
                                                    told -> assertThat(told.solution())
                                                            .isEqualTo(solved.solution()))));
        }
    }

    /// After a tick, nothing is left that had to end by then.
    static void ticked(List<LedgerKey> stillDue, Instant now) {
        assertThat(stillDue).as("due after a tick at %s", now).isEmpty();
    }

    List<Outcome> outcomesOf(TaskId taskId) {
        var all = new ArrayList<Outcome>();
        for (var outcome : outcomes.values()) {
            if (taskId.equals(outcome.taskId())) {
                all.add(outcome);
            }
        }
        return all;
    }
}
