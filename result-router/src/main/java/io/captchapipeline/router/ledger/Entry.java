package io.captchapipeline.router.ledger;

import java.time.Instant;

/// What the ledger remembers under one key. Each state has the transitions that are legal from it as its methods.
public sealed interface Entry permits RequestEntry, TaskEntry {

    /// When a tick next changes something; before that it changes nothing. This is its place in the time index.
    Instant due();

    /// Whether somebody still waits for an outcome of it.
    boolean pending();
}
