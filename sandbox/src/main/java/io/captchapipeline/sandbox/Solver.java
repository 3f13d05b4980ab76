package io.captchapipeline.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes submissions, ends their tasks when their time has come, and has them called back. For one event loop.
final class Solver {
    /// Answers can be asked for and complained of this long after the submission.
    static final long RETENTION_MS = 15 * 60 * 1000L;

    private final Vertx vertx;
    private final State state;
    private final Books books;
    private final Pingbacks pingbacks;
    private final InstantSource clock;

    Solver(Vertx vertx, Books books, Pingbacks pingbacks, InstantSource clock) {
        this.vertx = vertx;
        this.books = books;
        this.state = books.state();
        this.pingbacks = pingbacks;
        this.clock = clock;
    }

    /// Goes on with the tasks of an earlier run.
    void resume() {
        state.running().forEach(this::awaitEnd);
    }

    /// The reply, when what it says outlives the process.
    Future<InReply> submit(Submission.Sound submission) {
        var admission = Admission.of(submission, state, clock.millis());
        return record(admission.entry())
                .compose(_ -> switch (admission.entry()) {
                    case Entry.Accepted accepted -> begin(accepted.task(), admission.callsBackFirst());
                    default -> Future.<Void>succeededFuture();
                })
                .map(admission.reply());
    }

    Behaviour behaviour() {
        return state.behaviour();
    }

    /// @param reseeded whether the dice begin anew
    Future<Void> behave(Behaviour behaviour, boolean reseeded) {
        return record(new Entry.Behaves(behaviour, reseeded));
    }

    boolean isQuiet() {
        return state.running().isEmpty();
    }

    TaskReport report() {
        return state.report();
    }

    /// Somebody asked for a task's answer; null where there is none to be asked for by this number.
    @Nullable
    Task poll(long id) {
        endIfDue(id);
        var _ = record(new Entry.Polled(id));
        var task = state.task(id);
        return task == null || isTooOld(task) ? null : task;
    }

    /// Whether the answer to the last poll of a task is status 500.
    boolean isOutOfOrder(Task polled) {
        var behaviour = state.behaviour();
        var dice = new Dice(behaviour.seed(), "poll " + polled.id(), polled.polls());
        return dice.happens("http-500", behaviour.http500Rate());
    }

    boolean isTooOld(Task task) {
        return clock.millis() - task.acceptedAt() > RETENTION_MS;
    }

    @Nullable
    Task task(long id) {
        endIfDue(id);
        return state.task(id);
    }

    List<String> pingbacks() {
        return state.pingbacks();
    }

    Future<Void> register(List<String> addresses) {
        return record(new Entry.Pingbacks(List.copyOf(addresses)));
    }

    Future<Void> report(Task task) {
        return record(new Entry.Reported(task.id()));
    }

    private Future<Void> begin(Task task, boolean callsBackFirst) {
        if (!callsBackFirst) {
            awaitEnd(task);
            return Future.succeededFuture();
        }
        end(task.id());
        return pingbacks.call(task.id());
    }

    private void awaitEnd(Task task) {
        long left = task.solvedAt() - clock.millis();
        if (left <= 0) {
            end(task.id());
            callBack(task.id());
        } else {
            vertx.setTimer(left, _ -> {
                end(task.id());
                callBack(task.id());
            });
        }
    }

    private void endIfDue(long id) {
        var task = state.task(id);
        if (task != null && !task.ended() && task.solvedAt() <= clock.millis()) {
            end(id);
        }
    }

    private void end(long id) {
        var task = state.task(id);
        if (task != null && !task.ended()) {
            var _ = record(new Entry.Ended(id));
        }
    }

    private void callBack(long id) {
        var _ = pingbacks.call(id);
    }

    private Future<Void> record(Entry entry) {
        return books.record(entry);
    }
}
