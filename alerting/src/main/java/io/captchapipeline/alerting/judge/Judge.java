package io.captchapipeline.alerting.judge;

import io.captchapipeline.alerting.figures.Deliveries;
import io.captchapipeline.alerting.figures.FailedRequest;
import io.captchapipeline.alerting.figures.Form;
import io.captchapipeline.alerting.figures.Outcomes;
import io.captchapipeline.alerting.figures.Table;
import io.captchapipeline.alerting.figures.Tally;
import io.captchapipeline.alerting.figures.TaskFigures;
import io.captchapipeline.alerting.figures.WindowedCounts;
import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The one that knows all figures and says what they mean. Its time is what every partition's figures reach to, so a
/// judgement is never made while a backlog is read; it lives in the figures, not on the wall.
public final class Judge {
    static final Duration DEAD_LETTER_WINDOW = Duration.ofMinutes(15);

    private static final String TASKS = "t/";
    private static final String SOLVERS = "a/";
    private static final String ALERTS = "s/";
    private static final String JUDGED = "judged";
    private static final String ALL = "all";
    private static final Duration SOLVER_FORGOTTEN = Duration.ofDays(1);

    private final Table table;
    private final JudgeSettings settings;
    private final Fleet fleet;
    private final Probes probes;
    private final WindowedCounts deadLetters;
    private final AlertLog log;
    private final Snapshots snapshots;
    private final Digests digests;
    private @Nullable Map<Integer, TaskFigures> tasks;

    public Judge(Table table, JudgeSettings settings) {
        var thresholds = settings.thresholds();
        this.table = table;
        this.settings = settings;
        this.fleet = new Fleet(table, thresholds.window(), thresholds.errorWindow());
        this.probes = new Probes(table, thresholds.window(), settings.interval());
        this.deadLetters = new WindowedCounts(table, "l", 1, DEAD_LETTER_WINDOW);
        this.log = new AlertLog(settings.repeat());
        this.snapshots = new Snapshots(table, thresholds.window());
        this.digests = new Digests(table, settings.digest());
    }

    /// Takes a figure, and judges when it is time to.
    ///
    /// @return what is to be told: alerts, snapshots, digests
    public List<Event> take(Figure figure) {
        switch (figure) {
            case Figure.Tasks tasks -> {
                table.put(TASKS + tasks.figures().partition(), Form.write(tasks.figures()));
                tasks().put(tasks.figures().partition(), tasks.figures());
                return judgeIfDue(List.copyOf(tasks().values()));
            }
            case Figure.Beat beat -> fleet.take(beat);
            case Figure.Solver solver -> table.put(key(solver), Form.write(solver));
            case Figure.DeadLetter letter -> deadLetters.add(ALL, 0, letter.at());
            case Figure.Probe probe -> probes.take(probe);
        }
        return List.of();
    }

    private List<Event> judgeIfDue(List<TaskFigures> tasks) {
        if (tasks.size() < settings.partitions()) {
            return List.of();
        }
        var now = tasks.stream().map(TaskFigures::at).min(Instant::compareTo).orElseThrow();
        var before = Form.find(table, JUDGED, Instant.class);
        if (before != null && now.isBefore(before.plus(settings.interval()))) {
            return List.of();
        }
        table.put(JUDGED, Form.write(now));
        return judge(now, tasks);
    }

    private List<Event> judge(Instant now, List<TaskFigures> tasks) {
        fleet.forget(now);
        probes.forget(now);
        deadLetters.advance(now);
        forgetSolvers(now);
        var sum = Together.of(tasks);
        var situation = situation(now, sum);
        var events = new ArrayList<Event>(snapshots.of(sum, situation));
        events.addAll(digests.of(now, sum));
        for (var alert : AlertName.values()) {
            if (alert != AlertName.KAFKA_UNREACHABLE) {
                judge(alert, situation).ifPresent(events::add);
            }
        }
        return events;
    }

    private Optional<? extends Event> judge(AlertName alert, Situation situation) {
        var before = Form.find(table, ALERTS + alert.wire(), AlertLog.State.class);
        var judgement = Rules.judge(alert, situation, settings.thresholds());
        var step = log.next(alert, before, judgement, situation.now());
        if (!step.next().equals(before)) {
            table.put(ALERTS + alert.wire(), Form.write(step.next()));
        }
        return step.told();
    }

    private Situation situation(Instant now, Together sum) {
        var counts = sum.deliveries(Deliveries.ALL);
        var outcomes = sum.outcomes(Outcomes.ALL);
        var view = fleet.view(now);
        return new Situation(
                now,
                new Situation.Counts(counts.window(Deliveries.DELIVERED), counts.window(Deliveries.MISSED)),
                waitingSince(sum, view),
                view,
                probes.view(now),
                solvers(),
                deadLetters.tally(ALL).window(0),
                sum.stalled(),
                sum.stalledSince(),
                new Situation.Failures(
                        outcomes.window(Outcomes.SOLVED), outcomes.window(Outcomes.FAILED), sum.oftenestError()),
                null);
    }

    /// A callback that an ingress told of may not have been read from its topic yet.
    private static @Nullable Instant waitingSince(Together sum, FleetView view) {
        var since = sum.waitingSince();
        var last = view.lastCallback();
        return since == null || (last != null && !last.isBefore(since)) ? null : since;
    }

    /// As in the table, which is read once.
    private Map<Integer, TaskFigures> tasks() {
        var known = tasks;
        if (known == null) {
            known = new TreeMap<>();
            for (var entry : table.first(TASKS, TASKS + "~", Integer.MAX_VALUE)) {
                var figures = Form.read(entry.value(), TaskFigures.class);
                known.put(figures.partition(), figures);
            }
            tasks = known;
        }
        return known;
    }

    private List<Figure.Solver> solvers() {
        return table.first(SOLVERS, SOLVERS + "~", Integer.MAX_VALUE).stream()
                .map(entry -> Form.read(entry.value(), Figure.Solver.class))
                .toList();
    }

    private void forgetSolvers(Instant now) {
        solvers().stream()
                .filter(solver -> solver.at().isBefore(now.minus(SOLVER_FORGOTTEN)))
                .forEach(solver -> table.delete(key(solver)));
    }

    private static String key(Figure.Solver solver) {
        return SOLVERS + solver.account() + (solver.instance() == null ? "" : "/" + solver.instance());
    }

    /// The figures of all partitions as one.
    record Together(List<TaskFigures> parts, Map<String, Tally> deliveries, Map<String, Tally> outcomes) {
        static Together of(List<TaskFigures> parts) {
            return new Together(
                    parts,
                    Sums.of(parts.stream().map(TaskFigures::deliveries).toList()),
                    Sums.of(parts.stream().map(TaskFigures::outcomes).toList()));
        }

        Tally deliveries(String scope) {
            return Optional.ofNullable(deliveries.get(scope)).orElseGet(() -> Tally.zero(Deliveries.COUNTERS));
        }

        Tally outcomes(String scope) {
            return Optional.ofNullable(outcomes.get(scope)).orElseGet(() -> Tally.zero(Outcomes.COUNTERS));
        }

        @Nullable
        Instant lastCallback() {
            return Sums.latest(parts.stream().map(TaskFigures::lastCallback));
        }

        @Nullable
        Instant firstAt() {
            return Sums.earliest(parts.stream().map(TaskFigures::firstAt));
        }

        @Nullable
        Instant oldestPending() {
            return Sums.earliest(parts.stream().map(TaskFigures::oldestPending));
        }

        /// Of the parts that have heard of the last callback of all; the others will soon.
        @Nullable
        Instant waitingSince() {
            var last = lastCallback();
            return Sums.earliest(parts.stream()
                    .filter(part -> last == null || last.equals(part.lastCallback()))
                    .map(TaskFigures::waitingSince));
        }

        int stalled() {
            return parts.stream().mapToInt(TaskFigures::stalled).sum();
        }

        @Nullable
        Instant stalledSince() {
            return Sums.earliest(parts.stream().map(TaskFigures::stalledSince));
        }

        List<FailedRequest> failures() {
            return parts.stream()
                    .flatMap(part -> part.failures().stream())
                    .sorted(Comparator.comparing(FailedRequest::at))
                    .toList();
        }

        @Nullable
        String oftenestError() {
            return outcomes.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(Outcomes.ERROR))
                    .filter(entry -> entry.getValue().window(Outcomes.FAILED) > 0)
                    .max(Comparator.comparingLong(entry -> entry.getValue().window(Outcomes.FAILED)))
                    .map(entry -> entry.getKey().substring(Outcomes.ERROR.length()))
                    .orElse(null);
        }
    }
}
