package io.captchapipeline.alerting.judge;

import io.captchapipeline.alerting.figures.Form;
import io.captchapipeline.alerting.figures.Table;
import io.captchapipeline.alerting.figures.WindowedCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the probes of the callback endpoint found. It is down when all who probe it say so, some times in a row: one
/// prober may have troubles of its own.
final class Probes {
    static final int STRIKES = 3;

    private static final String LAST = "q/";
    private static final String ALL = "all";
    private static final Duration LATELY = Duration.ofMinutes(10);
    private static final int WELL = 0;
    private static final int BADLY = 1;

    private final Table table;
    private final WindowedCounts counts;
    private final Duration fresh;

    /// One prober's last probe, and how many went wrong in a row.
    record Last(Instant at, int strikes, @Nullable String fault) {}

    /// @param known how many probed lately
    /// @param asked how many of them probe now
    /// @param strikes of the prober that fared best
    record View(
            int known,
            int asked,
            int strikes,
            @Nullable String fault,
            @Nullable Double uptime) {
        static final View NONE = new View(0, 0, 0, null, null);
    }

    Probes(Table table, Duration window, Duration interval) {
        this.table = table;
        this.counts = new WindowedCounts(table, "p", 2, window);
        this.fresh = interval.multipliedBy(STRIKES + 1L).plusSeconds(30);
    }

    void take(Figure.Probe probe) {
        var before = Form.find(table, LAST + probe.instance(), Last.class);
        if (before != null && !probe.at().isAfter(before.at())) {
            return;
        }
        int strikes = probe.fault() == null ? 0 : 1 + (before == null ? 0 : before.strikes());
        table.put(LAST + probe.instance(), Form.write(new Last(probe.at(), strikes, probe.fault())));
        counts.add(ALL, probe.fault() == null ? WELL : BADLY, probe.at());
    }

    /// Long enough for a restart of all who probe.
    void forget(Instant now) {
        counts.advance(now);
        for (var entry : table.first(LAST, LAST + "~", Integer.MAX_VALUE)) {
            if (Form.read(entry.value(), Last.class)
                    .at()
                    .isBefore(now.minus(fresh).minus(LATELY))) {
                table.delete(entry.key());
            }
        }
    }

    View view(Instant now) {
        List<Last> known = table.first(LAST, LAST + "~", Integer.MAX_VALUE).stream()
                .map(entry -> Form.read(entry.value(), Last.class))
                .toList();
        var all = known.stream()
                .filter(last -> !last.at().isBefore(now.minus(fresh)))
                .toList();
        int strikes = all.stream().mapToInt(Last::strikes).min().orElse(0);
        var fault = all.stream()
                .filter(last -> last.strikes() == strikes)
                .findFirst()
                .map(Last::fault)
                .orElse(null);
        var tally = counts.tally(ALL);
        long probes = tally.window(WELL) + tally.window(BADLY);
        return new View(
                known.size(), all.size(), strikes, fault, probes == 0 ? null : (double) tally.window(WELL) / probes);
    }
}
