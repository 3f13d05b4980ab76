package io.captchapipeline.kit;

import io.captchapipeline.kit.health.HealthCheck;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several parts as one. A part that cannot start takes those before it down with it.
final class RunningParts implements Running {

    private static final Logger LOG = LoggerFactory.getLogger(RunningParts.class);

    private final List<Running> parts;
    private final Deque<Running> started = new ArrayDeque<>();

    RunningParts(List<? extends Running> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public void start() {
        try {
            for (var part : parts) {
                started.push(part);
                part.start();
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public List<HealthCheck> checks() {
        return parts.stream().flatMap(part -> part.checks().stream()).toList();
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            closeQuietly(started.pop());
        }
    }

    private static void closeQuietly(Running part) {
        try {
            part.close();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("A part did not close cleanly");
        }
    }
}
