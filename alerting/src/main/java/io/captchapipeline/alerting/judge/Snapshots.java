package io.captchapipeline.alerting.judge;

import io.captchapipeline.alerting.figures.Deliveries;
import io.captchapipeline.alerting.figures.Form;
import io.captchapipeline.alerting.figures.MissedTask;
import io.captchapipeline.alerting.figures.Table;
import io.captchapipeline.alerting.figures.Tally;
import io.captchapipeline.schemas.event.DeliverySnapshot;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is written of the figures: those of all tasks each time, those of a route or a method when they have changed.
final class Snapshots {
    private static final String WRITTEN = "n/";

    private final Table table;
    private final Duration window;

    Snapshots(Table table, Duration window) {
        this.table = table;
        this.window = window;
    }

    List<DeliverySnapshot> of(Judge.Together sum, Situation situation) {
        var snapshots = new ArrayList<DeliverySnapshot>();
        snapshots.add(all(sum, situation));
        sum.deliveries().forEach((scope, tally) -> {
            if (!scope.equals(Deliveries.ALL) && changed(scope, tally)) {
                snapshots.add(part(scope, tally, situation));
            }
        });
        return snapshots;
    }

    private DeliverySnapshot all(Judge.Together sum, Situation situation) {
        var tally = sum.deliveries(Deliveries.ALL);
        var fleet = situation.fleet();
        return new DeliverySnapshot(
                Deliveries.ALL,
                situation.now(),
                tally.window(Deliveries.DELIVERED),
                tally.window(Deliveries.MISSED),
                tally.total(Deliveries.PENDING),
                rate(tally),
                missed(sum),
                window.toSeconds(),
                tally.window(Deliveries.RESCUED),
                sum.oldestPending(),
                sum.lastCallback(),
                situation.waitingSince(),
                fleet.p95Ms(),
                fleet.instances() == 0 ? null : fleet.perMinute(),
                fleet.errorRate(),
                situation.probes().uptime(),
                sum.firstAt(),
                tally.total(Deliveries.DELIVERED),
                tally.total(Deliveries.MISSED),
                tally.total(Deliveries.RESCUED),
                tally.total(Deliveries.LATE),
                tally.total(Deliveries.EARLY),
                tally.total(Deliveries.DUPLICATES),
                tally.total(Deliveries.UNANNOUNCED),
                fleet.instances(),
                fleet.missing(),
                situation.deadLetters());
    }

    private DeliverySnapshot part(String scope, Tally tally, Situation situation) {
        return new DeliverySnapshot(
                scope,
                situation.now(),
                tally.window(Deliveries.DELIVERED),
                tally.window(Deliveries.MISSED),
                tally.total(Deliveries.PENDING),
                rate(tally),
                List.of(),
                window.toSeconds(),
                tally.window(Deliveries.RESCUED),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                tally.total(Deliveries.DELIVERED),
                tally.total(Deliveries.MISSED),
                tally.total(Deliveries.RESCUED),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private boolean changed(String scope, Tally tally) {
        var now = Form.write(tally);
        if (Arrays.equals(now, table.get(WRITTEN + scope))) {
            return false;
        }
        table.put(WRITTEN + scope, now);
        return true;
    }

    private static List<TaskId> missed(Judge.Together sum) {
        return sum.parts().stream()
                .flatMap(part -> part.missed().stream())
                .sorted(Comparator.comparing(MissedTask::at).reversed())
                .limit(DeliverySnapshot.MOST_MISSED_IDS)
                .map(task -> new TaskId(task.id()))
                .toList();
    }

    private static @Nullable Double rate(Tally tally) {
        long settled = tally.window(Deliveries.DELIVERED) + tally.window(Deliveries.MISSED);
        return settled == 0 ? null : (double) tally.window(Deliveries.DELIVERED) / settled;
    }
}
