package io.captchapipeline.ingress;

import io.captchapipeline.schemas.event.DeliverySnapshot;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether the callbacks have stopped: somebody waits for one for too long, and none came anywhere since. Only alerting
/// knows who waits; before its first word, and while its last word is old, nobody is said to.
final class Silence {
    private static final String ALL = "all";

    private final Duration patience;
    private volatile @Nullable DeliverySnapshot last;

    /// @param patience how long a task may wait, and how old a snapshot may be
    Silence(Duration patience) {
        this.patience = patience;
    }

    void heard(DeliverySnapshot snapshot) {
        if (snapshot.scope().equals(ALL)) {
            last = snapshot;
        }
    }

    /// @param ownLast the last callback of this instance, which alerting may not know of yet
    boolean isTooLong(Instant now, @Nullable Instant ownLast) {
        var snapshot = last;
        if (snapshot == null || snapshot.at().plus(patience).isBefore(now)) {
            return false;
        }
        var since = snapshot.waitingSince();
        return since != null
                && (ownLast == null || ownLast.isBefore(since))
                && since.plus(patience).isBefore(now);
    }
}
