package io.captchapipeline.schemas.event;

import java.time.Instant;

/// It is this late, for this partition of the ledger.
public record Tick(int partition, Instant at) implements Event {
    public Tick {
        Rules.between(partition, 0, Integer.MAX_VALUE, "partition");
        Rules.required(at, "at");
    }

    @Override
    public String key() {
        return Integer.toString(partition);
    }
}
