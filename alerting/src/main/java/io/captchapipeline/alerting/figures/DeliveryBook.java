package io.captchapipeline.alerting.figures;

import com.fasterxml.jackson.core.type.TypeReference;
import io.captchapipeline.alerting.figures.Delivery.Effect;
import io.captchapipeline.alerting.figures.Delivery.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What became of the callbacks of all tasks of one partition.
final class DeliveryBook {
    static final int MOST_MISSED = 10;

    private static final String OPEN = "o/";
    private static final String MISSED = "missed";
    private static final String FIRST = "first";
    private static final TypeReference<List<MissedTask>> MISSED_TASKS = new TypeReference<>() {};
    private static final byte[] NOTHING = {};

    private final Table table;
    private final Timers timers;
    private final BookSettings settings;
    private final WindowedCounts counts;

    DeliveryBook(Table table, Timers timers, BookSettings settings) {
        this.table = table;
        this.timers = timers;
        this.settings = settings;
        this.counts = new WindowedCounts(table, "d", Deliveries.COUNTERS, settings.window());
    }

    void announced(String key, Sighting.Announced announced) {
        if (table.get(FIRST) == null) {
            table.put(FIRST, Form.write(announced.at()));
        }
        var before = state(key);
        apply(key, before, Delivery.announced(before, announced, announced.at().plus(settings.timeout())));
    }

    void calledBack(String key, Instant at) {
        var before = state(key);
        apply(key, before, Delivery.calledBack(before, at));
    }

    void polled(String key, Instant at) {
        var before = state(key);
        apply(key, before, Delivery.polled(before, at));
    }

    /// The task's timer was taken out: its time is up, or it is forgotten.
    void due(String key) {
        switch (state(key)) {
            case Delivery.Awaited awaited -> apply(key, null, awaited.timeIsUp());
            case null -> {}
            case Delivery settled -> forget(key, settled);
        }
    }

    void advance(Instant time) {
        counts.advance(time);
    }

    WindowedCounts counts() {
        return counts;
    }

    List<MissedTask> missed(Instant since) {
        return missed().stream().filter(task -> task.at().isAfter(since)).toList();
    }

    @Nullable
    Instant firstAt() {
        return Form.find(table, FIRST, Instant.class);
    }

    /// When the oldest task was submitted that has no callback and came after `last`, a callback or another time.
    @Nullable
    Instant waitingSince(@Nullable Instant last) {
        var from = last == null ? OPEN : OPEN + Form.hex(last.plusMillis(1));
        return table.first(from, OPEN + "~", 1).stream()
                .findFirst()
                .map(entry -> Form.time(entry.key().substring(OPEN.length())))
                .orElse(null);
    }

    private void apply(String key, @Nullable Delivery before, Delivery.Step step) {
        var next = step.next();
        if (before != null) {
            timers.clear(timer(before), key);
        }
        timers.set(timer(next), key);
        table.put(key, Form.write(next));
        follow(key, next);
        for (var effect : step.effects()) {
            count(key, next, effect);
        }
    }

    /// Whether it is among those without a callback.
    private void follow(String key, Delivery next) {
        switch (next) {
            case Delivery.Awaited awaited -> table.put(open(awaited.at(), key), NOTHING);
            case Delivery.Missed missed -> table.put(open(missed.at(), key), NOTHING);
            case Delivery.Delivered delivered -> table.delete(open(delivered.at(), key));
            case Delivery.Late late -> table.delete(open(late.at(), key));
            case Delivery.Early _, Delivery.Uncounted _ -> {}
        }
    }

    private void count(String key, Delivery next, Effect effect) {
        switch (effect) {
            case AWAITED -> pending(next, 1);
            case DELIVERED -> settled(next, Deliveries.DELIVERED);
            case MISSED -> {
                settled(next, Deliveries.MISSED);
                remember(new MissedTask(key.substring(key.indexOf(':') + 1), settledAt(next)));
            }
            case RESCUED -> each(next, scope -> counts.add(scope, Deliveries.RESCUED, settledAt(next)));
            case LATE -> counts.add(Deliveries.ALL, Deliveries.LATE, settledAt(next));
            case EARLY -> counts.change(Deliveries.ALL, Deliveries.EARLY, 1);
            case DUPLICATE -> counts.change(Deliveries.ALL, Deliveries.DUPLICATES, 1);
        }
    }

    private void settled(Delivery next, int counter) {
        pending(next, -1);
        each(next, scope -> counts.add(scope, counter, settledAt(next)));
    }

    private void pending(Delivery next, int more) {
        each(next, scope -> counts.change(scope, Deliveries.PENDING, more));
    }

    private static void each(Delivery state, Consumer<String> then) {
        scopes(kind(state)).forEach(then);
    }

    private static Set<String> scopes(Optional<Kind> kind) {
        var scopes = new LinkedHashSet<String>();
        scopes.add(Deliveries.ALL);
        kind.map(Kind::route).ifPresent(route -> scopes.add(Deliveries.ROUTE + route));
        kind.map(Kind::method).ifPresent(method -> scopes.add(Deliveries.METHOD + method));
        return scopes;
    }

    private void remember(MissedTask task) {
        var all = new ArrayList<>(missed());
        all.add(task);
        all.sort(Comparator.comparing(MissedTask::at));
        var kept = all.subList(Math.max(0, all.size() - MOST_MISSED), all.size());
        table.put(MISSED, Form.write(kept));
    }

    private List<MissedTask> missed() {
        var found = table.get(MISSED);
        return found == null ? List.of() : Form.read(found, MISSED_TASKS);
    }

    private void forget(String key, Delivery settled) {
        if (settled instanceof Delivery.Missed missed) {
            table.delete(open(missed.at(), key));
        }
        if (settled instanceof Delivery.Early early && early.calledAt() != null) {
            counts.change(Deliveries.ALL, Deliveries.UNANNOUNCED, 1);
        }
        table.delete(key);
    }

    private @Nullable Delivery state(String key) {
        return Form.find(table, key, Delivery.class);
    }

    private Instant timer(Delivery state) {
        return switch (state) {
            case Delivery.Awaited awaited -> awaited.deadline();
            case Delivery.Early early -> early.at().plus(settings.keepTasks());
            case Delivery.Delivered delivered -> delivered.at().plus(settings.keepTasks());
            case Delivery.Missed missed -> missed.at().plus(settings.keepTasks());
            case Delivery.Late late -> late.at().plus(settings.keepTasks());
            case Delivery.Uncounted uncounted -> uncounted.at().plus(settings.keepTasks());
        };
    }

    private static Instant settledAt(Delivery state) {
        return switch (state) {
            case Delivery.Awaited awaited -> awaited.at();
            case Delivery.Early early -> early.at();
            case Delivery.Delivered delivered -> delivered.calledAt();
            case Delivery.Missed missed -> missed.deadline();
            case Delivery.Late late -> late.deadline();
            case Delivery.Uncounted uncounted -> uncounted.at();
        };
    }

    private static Optional<Kind> kind(Delivery state) {
        return switch (state) {
            case Delivery.Awaited awaited -> Optional.of(awaited.kind());
            case Delivery.Delivered delivered -> Optional.of(delivered.kind());
            case Delivery.Missed missed -> Optional.of(missed.kind());
            case Delivery.Late late -> Optional.of(late.kind());
            case Delivery.Early _, Delivery.Uncounted _ -> Optional.empty();
        };
    }

    private static String open(Instant at, String key) {
        return OPEN + Form.hex(at) + "/" + key;
    }
}
