package io.captchapipeline.router.stream;

import io.captchapipeline.router.ledger.Ledger;
import io.captchapipeline.schemas.wire.Sender;

/// What the processors of all partitions share.
///
/// @param service the name that dead letters bear
/// @param partitions of every topic
public record LedgerParts(
        Ledger ledger,
        Outlets outlets,
        int partitions,
        String service,
        Sender sender,
        Counts counts,
        Pending pending,
        Backlog backlog) {}
