package io.captchapipeline.sandbox;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that a sandbox knows: its entries, applied one after the other. It looks at no clock, so the same entries
/// always lead to the same state. For one thread.
final class State {
    /// Tasks live this long: longer than an answer can be asked for, so that a late report is known to be late.
    static final long TASK_LIFE_MS = 60 * 60 * 1000L;

    /// More digits than an `int` holds, as real ones have.
    private static final long FIRST_ID = 77_000_000_000L;

    private final Bounds bounds;
    private final LinkedHashMap<Long, Task> running = new LinkedHashMap<>();
    private final LinkedHashMap<Long, Task> finished = new LinkedHashMap<>();
    private final LinkedHashMap<String, Tally> tallies = new LinkedHashMap<>();
    private Behaviour behaviour = Behaviour.DEFAULT;
    private Counts counts = Counts.NONE;
    private List<String> pingbacks = List.of();
    private long lastId = FIRST_ID;

    State(Bounds bounds) {
        this.bounds = bounds;
    }

    void apply(Entry entry) {
        switch (entry) {
            case Entry.Behaves e -> behave(e);
            case Entry.Turned e -> tally(e.key(), tallyOf(e.key()).turned());
            case Entry.Accepted e -> accept(e.task());
            case Entry.Ended e -> end(e.id());
            case Entry.Called e -> called(e);
            case Entry.Polled e -> polled(e.id());
            case Entry.Reported e -> reported(e.id());
            case Entry.Pingbacks e -> pingbacks = e.addresses();
            case Entry.Counted e -> {
                counts = e.counts();
                lastId = e.lastId();
            }
            case Entry.Tallied e -> tally(e.key(), new Tally(e.asked(), e.accepted(), e.attempts()));
            case Entry.Kept e -> keep(e.task());
        }
    }

    /// Entries that lead to this state, and no more of them than needed.
    Stream<Entry> entries() {
        return Stream.of(
                        Stream.of(
                                new Entry.Behaves(behaviour, false),
                                new Entry.Counted(counts, lastId),
                                new Entry.Pingbacks(pingbacks)),
                        tallies.entrySet().stream().map(State::tallied),
                        finished.values().stream().map(Entry.Kept::new),
                        running.values().stream().map(Entry.Kept::new))
                .flatMap(part -> part);
    }

    Behaviour behaviour() {
        return behaviour;
    }

    List<String> pingbacks() {
        return pingbacks;
    }

    long nextId() {
        return lastId + 1;
    }

    boolean isFull() {
        return running.size() >= bounds.running();
    }

    /// How often this caller has asked since the seed was set.
    long asked(String key) {
        return tallyOf(key).asked();
    }

    @Nullable
    Task task(long id) {
        var task = running.get(id);
        return task == null ? finished.get(id) : task;
    }

    /// Those that still have an end or a callback before them.
    List<Task> running() {
        return new ArrayList<>(running.values());
    }

    TaskReport report() {
        var paid = tallies.entrySet().stream()
                .filter(tally -> tally.getValue().accepted() > 0)
                .collect(toMap(
                        Map.Entry::getKey,
                        tally -> new TaskReport.Paid(
                                tally.getValue().accepted(), tally.getValue().attempts()),
                        (first, _) -> first,
                        LinkedHashMap::new));
        return new TaskReport(
                counts.accepted(),
                counts.solved(),
                counts.failed(),
                counts.callbacksSent(),
                counts.callbacksAcknowledged(),
                counts.polls(),
                paid);
    }

    private void behave(Entry.Behaves entry) {
        behaviour = entry.behaviour();
        if (entry.reseeded()) {
            tallies.replaceAll((_, tally) -> tally.reseeded());
        }
    }

    private void accept(Task task) {
        behaviour = behaviour.paid(task.kind().price());
        counts = counts.withAccepted();
        lastId = task.id();
        running.put(task.id(), task);
        tally(
                task.caller().key(),
                tallyOf(task.caller().key()).accepted(task.caller().attempt()));
        forget(task.acceptedAt());
    }

    /// Who could not be helped does not pay.
    private void end(long id) {
        var task = running.get(id);
        if (task != null && !task.ended()) {
            counts = counts.withEnded(task.hasFailed());
            behaviour = task.hasFailed() ? behaviour.refunded(task.kind().price()) : behaviour;
            keep(task.end());
        }
    }

    private void called(Entry.Called entry) {
        counts = counts.withCallback(entry.acknowledged());
        var task = running.get(entry.id());
        if (task != null && entry.over()) {
            keep(task.callOver());
        }
    }

    private void polled(long id) {
        counts = counts.withPoll();
        var task = task(id);
        if (task != null) {
            keep(task.polled());
        }
    }

    private void reported(long id) {
        var task = task(id);
        if (task != null) {
            keep(task.report());
        }
    }

    private void keep(Task task) {
        if (task.isFinished()) {
            running.remove(task.id());
            finished.put(task.id(), task);
            forget(task.acceptedAt());
        } else {
            running.put(task.id(), task);
        }
    }

    private void forget(long now) {
        var oldest = finished.firstEntry();
        while (oldest != null
                && (finished.size() > bounds.finished() || oldest.getValue().acceptedAt() < now - TASK_LIFE_MS)) {
            finished.remove(oldest.getKey());
            oldest = finished.firstEntry();
        }
    }

    private Tally tallyOf(String key) {
        return tallies.getOrDefault(key, Tally.NONE);
    }

    private void tally(String key, Tally tally) {
        tallies.putLast(key, tally);
        if (tallies.size() > bounds.callers()) {
            tallies.pollFirstEntry();
        }
    }

    private static Entry tallied(Map.Entry<String, Tally> tally) {
        return new Entry.Tallied(
                tally.getKey(),
                tally.getValue().asked(),
                tally.getValue().accepted(),
                tally.getValue().attempts());
    }
}
