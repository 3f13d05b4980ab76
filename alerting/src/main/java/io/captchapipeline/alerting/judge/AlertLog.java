package io.captchapipeline.alerting.judge;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.AlertState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns the judgements of one alert into what people are told: that it fires, once; that it still does, after
/// `repeat`; that it is over, once.
///
/// ```
///        alarming, as often as it takes          well, as often as it takes
///  Quiet ──────────────────────────────▶ Firing ─────────────────────────────▶ Quiet
/// ```
final class AlertLog {
    private final Duration repeat;

    /// Where an alert stands.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "k")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Quiet.class, name = "quiet"),
        @JsonSubTypes.Type(value = Firing.class, name = "firing")
    })
    sealed interface State {}

    record Quiet(int strikes) implements State {}

    record Firing(Instant since, Instant told, int recoveries) implements State {}

    /// The next state, and what is to be told.
    record Step(State next, Optional<Alert> told) {}

    /// How often in a row a judgement has to be made before it counts.
    record Patience(int strikes, int recoveries) {
        static Patience of(AlertName alert) {
            return switch (alert) {
                case HIGH_ERROR_RATE, LOW_DELIVERY_RATE, OUTCOMES_STALLED, HIGH_FAILURE_RATE -> new Patience(1, 2);
                case SLOW_CALLBACKS -> new Patience(2, 2);
                case SOLVER_REFUSING -> new Patience(3, 2);
                case STALE_CALLBACKS, ENDPOINT_DOWN, LOW_BALANCE, DEAD_LETTERS, KAFKA_UNREACHABLE -> new Patience(1, 1);
            };
        }
    }

    AlertLog(Duration repeat) {
        this.repeat = repeat;
    }

    Step next(AlertName alert, @Nullable State before, Judgement judgement, Instant now) {
        return switch (before) {
            case null -> quiet(alert, new Quiet(0), judgement, now);
            case Quiet quiet -> quiet(alert, quiet, judgement, now);
            case Firing firing -> firing(alert, firing, judgement, now);
        };
    }

    private static Step quiet(AlertName alert, Quiet quiet, Judgement judgement, Instant now) {
        return switch (judgement.verdict()) {
            case WELL -> new Step(new Quiet(0), Optional.empty());
            case UNSURE -> new Step(quiet, Optional.empty());
            case ALARMING ->
                quiet.strikes() + 1 < Patience.of(alert).strikes()
                        ? new Step(new Quiet(quiet.strikes() + 1), Optional.empty())
                        : new Step(
                                new Firing(now, now, 0),
                                Optional.of(event(alert, AlertState.FIRING, judgement, now, now)));
        };
    }

    private Step firing(AlertName alert, Firing firing, Judgement judgement, Instant now) {
        if (judgement.verdict() == Judgement.Verdict.WELL) {
            return firing.recoveries() + 1 < Patience.of(alert).recoveries()
                    ? new Step(new Firing(firing.since(), firing.told(), firing.recoveries() + 1), Optional.empty())
                    : new Step(
                            new Quiet(0),
                            Optional.of(event(alert, AlertState.RESOLVED, judgement, firing.since(), now)));
        }
        boolean due = judgement.verdict() == Judgement.Verdict.ALARMING
                && !now.isBefore(firing.told().plus(repeat));
        return due
                ? new Step(
                        new Firing(firing.since(), now, 0),
                        Optional.of(event(alert, AlertState.FIRING, judgement, firing.since(), now)))
                : new Step(new Firing(firing.since(), firing.told(), 0), Optional.empty());
    }

    private static Alert event(AlertName alert, AlertState state, Judgement judgement, Instant since, Instant now) {
        return new Alert(
                alert,
                alert.severity(),
                state,
                judgement.summary(),
                judgement.value(),
                judgement.threshold(),
                since,
                now,
                judgement.labels());
    }
}
