package io.captchapipeline.testkit.promise;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/// A request ends, with an answer or a reason, by its deadline and a grace.
public final class EveryRequestEnds implements Promise {
    private final InstantSource clock;
    private final Duration grace;
    private final Map<String, Instant> deadlines = new ConcurrentSkipListMap<>();
    private final Map<String, Instant> ends = new ConcurrentSkipListMap<>();

    public EveryRequestEnds(InstantSource clock, Duration grace) {
        this.clock = clock;
        this.grace = grace;
    }

    public void requested(String id, Instant deadline) {
        deadlines.putIfAbsent(id, deadline);
    }

    public void ended(String id, Instant at) {
        ends.merge(id, at, (one, other) -> one.isBefore(other) ? one : other);
    }

    /// The requests that may still end in time.
    public List<String> pending() {
        return deadlines.keySet().stream()
                .filter(id -> !ends.containsKey(id) && !tooLate(id, clock.instant()))
                .toList();
    }

    @Override
    public String name() {
        return "every request ends";
    }

    /// A request that may still end in time does not break it, so wait for [#pending()] first.
    @Override
    public List<String> broken() {
        if (deadlines.isEmpty()) {
            return List.of("nothing was requested");
        }
        return deadlines.keySet().stream().flatMap(this::overdue).toList();
    }

    private Stream<String> overdue(String id) {
        var end = ends.get(id);
        if (!tooLate(id, end == null ? clock.instant() : end)) {
            return Stream.empty();
        }
        var due = "due " + deadlines.get(id) + " with a grace of " + grace.toSeconds() + " s";
        return Stream.of(id + ": " + due + ", " + (end == null ? "never ended" : "ended " + end));
    }

    private boolean tooLate(String id, Instant at) {
        var deadline = deadlines.get(id);
        return deadline != null && at.isAfter(deadline.plus(grace));
    }
}
