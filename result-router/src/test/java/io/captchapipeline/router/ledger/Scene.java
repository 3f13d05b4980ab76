package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Overdue;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A ledger with a clock that tests move, and links that tests deliver. What is said is said now, and read at once.
final class Scene {
    private final Book book;
    private final List<Output> outputs = new ArrayList<>();
    private final Deque<Link> links = new ArrayDeque<>();
    private Instant now = Events.T0;

    Scene() {
        this(Events.RULES);
    }

    Scene(LedgerRules rules) {
        book = new Book(rules);
    }

    Instant now() {
        return now;
    }

    Scene requested(String id) {
        return requested(id, "");
    }

    Scene requested(String id, String more) {
        return read(Events.request(id, more, now));
    }

    Scene asked(String id, int attempt) {
        return read(Events.attempt(id, attempt, now));
    }

    Scene taken(String id, int attempt, String task) {
        return read(Events.announcement(id, attempt, task, now));
    }

    /// Admitted, asked for, taken as `task`.
    Scene accepted(String id, String task) {
        return requested(id).asked(id, 1).taken(id, 1, task);
    }

    Scene solved(String id, int attempt, String task, String solution) {
        return result(Events.solved(id, attempt, task, solution, now));
    }

    Scene failed(String id, int attempt, @Nullable String task, String error) {
        return result(Events.failed(id, attempt, task, error, now));
    }

    Scene refused(String id, int attempt, int seconds) {
        return result(Events.refused(id, attempt, seconds, now));
    }

    Scene bare(String task, String solution) {
        return result(Events.bare(task, solution, now));
    }

    Scene byRoute(String task, String solution) {
        return result(Events.byRoute(task, solution, now));
    }

    Scene announced(@Nullable String id, String task) {
        return announced(Events.foreign(id, task));
    }

    Scene announced(Submitted announcement) {
        return read(LedgerEvent.of(announcement, now));
    }

    Scene result(Result result) {
        return read(LedgerEvent.of(result, now));
    }

    /// Time passes; at its end a tick comes.
    Scene later(long seconds) {
        now = now.plusSeconds(seconds);
        for (var key : book.due(now)) {
            apply(book.read(key, new LedgerEvent.Tick(now), now));
        }
        return this;
    }

    /// Time passes, and no tick comes.
    Scene unnoticed(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    /// Links arrive, and those that they cause.
    Scene linked() {
        while (!links.isEmpty()) {
            read(links.removeFirst().event());
        }
        return this;
    }

    Scene read(LedgerEvent event) {
        apply(book.read(keyOf(event), event, now));
        return this;
    }

    private static LedgerKey keyOf(LedgerEvent event) {
        return switch (event) {
            case RequestEvent of -> of.key();
            case TaskEvent of -> of.key();
            case LedgerEvent.Tick tick -> throw new IllegalArgumentException("a tick has no key: " + tick);
        };
    }

    private void apply(Decision decision) {
        for (var output : decision.outputs()) {
            outputs.add(output);
            if (output instanceof Output.Send send) {
                links.add(LinkCodec.decode(LinkCodec.encode(send.link())));
            }
        }
    }

    @Nullable
    Entry request(String id) {
        return book.entry(LedgerKey.of(new RequestId(id)));
    }

    @Nullable
    Entry task(String id) {
        return book.entry(LedgerKey.of(new TaskId(id)));
    }

    boolean hasParams(String id) {
        return book.params(LedgerKey.of(new RequestId(id))) != null;
    }

    List<Outcome> outcomes() {
        return of(Output.Tell.class).stream().map(Output.Tell::outcome).toList();
    }

    Outcome.Solved solution() {
        return one(outcomes(), Outcome.Solved.class);
    }

    Outcome.Failed failure() {
        return one(outcomes(), Outcome.Failed.class);
    }

    /// The numbers of the attempts that were admitted, in order.
    List<Integer> admitted() {
        return of(Output.Admit.class).stream().map(Output.Admit::attempt).toList();
    }

    List<Overdue> polls() {
        return of(Output.Poll.class).stream().map(Output.Poll::overdue).toList();
    }

    List<Counted> counted() {
        return of(Output.Count.class).stream().map(Output.Count::counted).toList();
    }

    List<Output.Bury.Reason> buried() {
        return of(Output.Bury.class).stream().map(Output.Bury::reason).toList();
    }

    List<Link> sent() {
        return of(Output.Send.class).stream().map(Output.Send::link).toList();
    }

    private <O extends Output> List<O> of(Class<O> type) {
        return outputs.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static <O extends Outcome> O one(List<Outcome> outcomes, Class<O> type) {
        assertThat(outcomes).hasSize(1).first().isInstanceOf(type);
        return type.cast(outcomes.getFirst());
    }
}
