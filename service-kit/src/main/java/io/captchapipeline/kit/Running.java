package io.captchapipeline.kit;

import io.captchapipeline.kit.health.HealthCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A part of a process that is started once and closed once. `close` finishes what was accepted; it is also called
/// when `start` failed halfway.
public interface Running extends AutoCloseable {

    void start();

    /// Whether it is well. Read often, so they must not block.
    default List<HealthCheck> checks() {
        return List.of();
    }

    @Override
    void close();

    /// Started in this order, closed in reverse.
    static Running all(Running... parts) {
        return new RunningParts(Arrays.asList(parts));
    }

    static Running all(List<? extends Running> parts) {
        return new RunningParts(new ArrayList<>(parts));
    }
}
