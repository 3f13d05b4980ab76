package io.captchapipeline.router.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Decides. A pure function of its arguments and its rules.
public final class Ledger {
    private final LedgerRules rules;

    public Ledger(LedgerRules rules) {
        this.rules = rules;
    }

    /// @param entry what is remembered under the event's key, or the entry that is due
    /// @param now when the event is read; of a tick, its own time
    public Decision decide(@Nullable Entry entry, LedgerEvent event, Instant now) {
        throw new UnsupportedOperationException(rules + " " + entry + " " + event + " " + now);
    }
}
