package io.captchapipeline.router.ledger;

import java.time.Instant;

/// A scraper announced a task that it submitted by itself; the solver owes an answer.
public record Announced(Foreign foreign, Polling polling) implements RequestEntry, TaskEntry {
    Announced polled(Polling next) {
        return new Announced(foreign, next);
    }

    @Override
    public Instant due() {
        return polling.due(foreign.deadline());
    }

    @Override
    public boolean pending() {
        return true;
    }
}
