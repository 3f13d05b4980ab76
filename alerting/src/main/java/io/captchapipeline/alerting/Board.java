package io.captchapipeline.alerting;

import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.AlertState;
import io.captchapipeline.schemas.event.DeliverySnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What the topics say of deliveries and alerts: the same in every instance, whichever of them judges.
final class Board {
    static final String ALL = "all";
    private static final int RECENT = 50;

    private final Map<String, DeliverySnapshot> snapshots = new TreeMap<>();
    private final Map<AlertName, Alert> newest = new EnumMap<>(AlertName.class);
    private final NavigableMap<String, Alert> recent = new TreeMap<>();

    synchronized void snapshot(DeliverySnapshot snapshot) {
        snapshots.merge(snapshot.scope(), snapshot, (known, other) -> other.at().isBefore(known.at()) ? known : other);
    }

    /// The same one may come again, when its topic is read anew.
    synchronized void alert(Alert alert) {
        newest.merge(alert.alert(), alert, (known, other) -> other.at().isBefore(known.at()) ? known : other);
        recent.put(
                alert.at().toEpochMilli() + " " + alert.alert().wire() + " "
                        + alert.state().wire(),
                alert);
        if (recent.size() > RECENT) {
            recent.pollFirstEntry();
        }
    }

    synchronized Optional<DeliverySnapshot> all() {
        return Optional.ofNullable(snapshots.get(ALL));
    }

    /// By route, or by method: those whose scope begins so, by their names.
    synchronized Map<String, DeliverySnapshot> by(String prefix) {
        var found = new TreeMap<String, DeliverySnapshot>();
        snapshots.forEach((scope, snapshot) -> {
            if (scope.startsWith(prefix)) {
                found.put(scope.substring(prefix.length()), snapshot);
            }
        });
        return found;
    }

    synchronized List<Alert> firing() {
        return newest.values().stream()
                .filter(alert -> alert.state() == AlertState.FIRING)
                .toList();
    }

    synchronized boolean isFiring(AlertName name) {
        var alert = newest.get(name);
        return alert != null && alert.state() == AlertState.FIRING;
    }

    /// The newest first.
    synchronized List<Alert> recent() {
        var alerts = new ArrayList<>(recent.values());
        alerts.sort(Comparator.comparing(Alert::at).reversed());
        return alerts;
    }
}
