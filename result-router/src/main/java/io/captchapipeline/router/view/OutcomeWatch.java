package io.captchapipeline.router.view;

import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Source;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts and times outcomes, as they come in by their topics: committed, and each once.
public final class OutcomeWatch {

    private static final Duration[] MILLISECONDS = millis(1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000);
    private static final Duration[] SECONDS =
            millis(1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 60_000, 120_000, 300_000);

    private final MeterRegistry metrics;
    private final Set<Route> routes;
    private final Timer callbackToOutcome;
    private final Timer solveTime;

    /// @param routes those that have a label of their own; anybody can make up others
    public OutcomeWatch(MeterRegistry metrics, Set<Route> routes) {
        this.metrics = metrics;
        this.routes = Set.copyOf(routes);
        this.callbackToOutcome = Timer.builder("captcha.callback.to.outcome")
                .description("From a callback's arrival to its outcome being readable")
                .serviceLevelObjectives(MILLISECONDS)
                .register(metrics);
        this.solveTime = Timer.builder("captcha.solve.time")
                .description("From a task's submission to its solution")
                .serviceLevelObjectives(SECONDS)
                .register(metrics);
    }

    void told(Outcome outcome, Instant now) {
        switch (outcome) {
            case Outcome.Solved solved -> {
                count(solved, solved.source());
                time(solved.source(), solved.receivedAt(), now);
                if (solved.solveSeconds() != null) {
                    solveTime.record(Duration.ofMillis((long) (solved.solveSeconds() * 1000)));
                }
            }
            case Outcome.Failed failed -> {
                count(failed, failed.source());
                time(failed.source(), failed.receivedAt(), now);
            }
        }
    }

    private void count(Outcome outcome, @Nullable Source source) {
        Counter.builder("captcha.outcomes")
                .description("Outcomes")
                .tag("status", outcome.status().wire())
                .tag("route", label(outcome.route()))
                .tag("source", source == null ? "time" : source.wire())
                .register(metrics)
                .increment();
    }

    private void time(@Nullable Source source, @Nullable Instant receivedAt, Instant now) {
        if (source == Source.CALLBACK && receivedAt != null) {
            var taken = Duration.between(receivedAt, now);
            callbackToOutcome.record(taken.isNegative() ? Duration.ZERO : taken);
        }
    }

    private String label(@Nullable Route route) {
        return route == null ? "none" : routes.contains(route) ? route.value() : "other";
    }

    private static Duration[] millis(long... values) {
        return Arrays.stream(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
