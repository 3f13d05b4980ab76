package io.captchapipeline.alerting.figures;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of the tasks of one partition. Time is what the input partitions were read up to, all of them: so
/// nothing expires before whatever might have answered it was read.
public final class TaskBook {
    private static final String PROGRESS = "progress";
    private static final String DELIVERY = "t/";
    private static final String OUTCOME = "e/";

    private final Table table;
    private final BookSettings settings;
    private final int inputs;
    private final Timers timers;
    private final DeliveryBook deliveries;
    private final OutcomeBook outcomes;

    /// How far each input partition was read, and the last callback found on it.
    private record Progress(Map<Integer, Instant> readUpTo, Map<Integer, Instant> lastCallbacks) {}

    /// @param inputs how many input partitions there are
    public TaskBook(Table table, BookSettings settings, int inputs) {
        this.table = table;
        this.settings = settings;
        this.inputs = inputs;
        this.timers = new Timers(table);
        this.deliveries = new DeliveryBook(table, timers, settings);
        this.outcomes = new OutcomeBook(table, timers, settings);
    }

    /// @param about what the sighting is of, a task or a request, in a form of the caller's choice
    /// @param partition this partition's number
    /// @return figures, when time has moved on
    public Optional<TaskFigures> take(String about, Sighting sighting, int partition) {
        switch (sighting) {
            case Sighting.Announced announced -> deliveries.announced(DELIVERY + about, announced);
            case Sighting.CalledBack called -> deliveries.calledBack(DELIVERY + about, called.at());
            case Sighting.Polled polled -> deliveries.polled(DELIVERY + about, polled.at());
            case Sighting.Solved solved -> outcomes.solved(OUTCOME + about, solved.at());
            case Sighting.Ended ended -> outcomes.ended(OUTCOME + about, ended);
            case Sighting.Read read -> {
                return read(read, partition);
            }
        }
        return Optional.empty();
    }

    private Optional<TaskFigures> read(Sighting.Read read, int partition) {
        var progress = progress();
        var before = time(progress);
        progress.readUpTo().merge(read.partition(), read.at(), TaskBook::later);
        var last = read.lastCallback();
        if (last != null) {
            progress.lastCallbacks().merge(read.partition(), last, TaskBook::later);
        }
        table.put(PROGRESS, Form.write(progress));
        var now = time(progress);
        if (now == null || (before != null && !now.isAfter(before))) {
            return Optional.empty();
        }
        timers.fire(now, this::due);
        deliveries.advance(now);
        outcomes.advance(now);
        return Optional.of(figures(partition, now, progress));
    }

    private void due(Instant at, String key) {
        if (key.startsWith(DELIVERY)) {
            deliveries.due(key);
        } else {
            outcomes.due(key);
        }
    }

    private TaskFigures figures(int partition, Instant now, Progress progress) {
        var last = progress.lastCallbacks().values().stream()
                .max(Instant::compareTo)
                .orElse(null);
        return new TaskFigures(
                partition,
                now,
                deliveries.firstAt(),
                last,
                deliveries.waitingSince(last),
                deliveries.waitingSince(now.minus(settings.timeout())),
                deliveries.counts().all(),
                deliveries.missed(now.minus(settings.window())),
                outcomes.counts().all(),
                outcomes.stalled(),
                outcomes.stalledSince(),
                outcomes.failures());
    }

    /// What all input partitions were read up to; nothing while one of them is not known.
    private @Nullable Instant time(Progress progress) {
        return progress.readUpTo().size() < inputs
                ? null
                : progress.readUpTo().values().stream().min(Instant::compareTo).orElse(null);
    }

    private Progress progress() {
        var found = Form.find(table, PROGRESS, Progress.class);
        return found == null ? new Progress(new HashMap<>(), new HashMap<>()) : found;
    }

    private static Instant later(Instant left, Instant right) {
        return left.isAfter(right) ? left : right;
    }
}
