package io.captchapipeline.router.stream;

import io.captchapipeline.router.ledger.LedgerEvent;
import io.captchapipeline.router.ledger.LedgerKey;
import java.time.Instant;

/// What a record turned out to be.
sealed interface Reading {
    /// Something for the ledger, for an entry that lies in this partition.
    record Event(LedgerKey key, LedgerEvent event) implements Reading {}

    /// It is for the partition of this id, which is another one.
    record Elsewhere(String id) implements Reading {}

    /// It is this late.
    record Time(Instant at) implements Reading {}

    /// Nobody can read it. The reason repeats no value.
    record Poison(String reason) implements Reading {}
}
