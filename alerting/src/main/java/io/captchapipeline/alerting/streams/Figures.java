package io.captchapipeline.alerting.streams;

import io.captchapipeline.alerting.figures.Sighting;
import io.captchapipeline.alerting.judge.Figure;
import io.captchapipeline.schemas.event.Breaker;
import io.captchapipeline.schemas.event.CallbackHealth;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.SolverHealth;
import io.captchapipeline.schemas.solver.SolverCode;
import java.time.Instant;
import java.util.Map;

/// Events, as far as they are counted.
final class Figures {
    private Figures() {}

    static Figure.Beat of(CallbackHealth health) {
        return new Figure.Beat(
                health.instance(),
                health.startedAt(),
                health.at(),
                health.received(),
                health.errors(),
                health.latencies(),
                health.lastCallbackAt());
    }

    static Figure.Solver of(SolverHealth health) {
        var balance = health.balance();
        return new Figure.Solver(
                health.account().value(),
                health.instance(),
                health.at(),
                balance == null ? null : balance.doubleValue(),
                health.breaker() != Breaker.CLOSED,
                health.refusals().entrySet().stream()
                        .filter(refusal -> SolverCode.known().containsKey(refusal.getKey()))
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse(null));
    }

    static Sighting.Ended ended(Outcome outcome, Instant at, boolean counted) {
        var route = outcome.route();
        var routeName = route == null ? null : route.value();
        return switch (outcome) {
            case Outcome.Solved _ -> new Sighting.Ended(at, true, routeName, null, null, counted);
            case Outcome.Failed failed ->
                new Sighting.Ended(
                        at, false, routeName, failed.error(), failed.requestId().value(), counted);
        };
    }
}
