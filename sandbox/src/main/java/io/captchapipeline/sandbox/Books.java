package io.captchapipeline.sandbox;

import io.vertx.core.Future;

/// What is known, and how it comes to be known: nothing changes but by an entry, and every entry is kept.
record Books(State state, Journal journal) {
    /// Known at once; the future is done when it outlives the process.
    Future<Void> record(Entry entry) {
        state.apply(entry);
        return journal.append(entry);
    }
}
