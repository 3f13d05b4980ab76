package io.captchapipeline.alerting.figures;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a task stands with its callback.
///
/// ```
///              announced             called back in time
///  (unknown) ─────────────▶ Awaited ────────────────────▶ Delivered
///      │ called back           │ time is up
///      ▼                       ▼            called back
///    Early ──announced──▶    Missed ────────────────────▶ Late
/// ```
/// A task that expects no callback is `Uncounted`: no figure knows it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "k")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Delivery.Early.class, name = "early"),
    @JsonSubTypes.Type(value = Delivery.Awaited.class, name = "awaited"),
    @JsonSubTypes.Type(value = Delivery.Delivered.class, name = "delivered"),
    @JsonSubTypes.Type(value = Delivery.Missed.class, name = "missed"),
    @JsonSubTypes.Type(value = Delivery.Late.class, name = "late"),
    @JsonSubTypes.Type(value = Delivery.Uncounted.class, name = "uncounted")
})
public sealed interface Delivery {
    /// What a step changes in the figures.
    enum Effect {
        AWAITED,
        DELIVERED,
        MISSED,
        RESCUED,
        LATE,
        EARLY,
        DUPLICATE
    }

    /// The next state and what it changes.
    record Step(Delivery next, Set<Effect> effects) {
        static Step to(Delivery next, Effect... effects) {
            return new Step(next, Set.of(effects));
        }

        Step with(Effect effect) {
            var more = EnumSet.of(effect);
            more.addAll(effects);
            return new Step(next, more);
        }
    }

    /// Who it is counted with.
    record Kind(@Nullable String route, @Nullable String method) {}

    /// Answered before it was announced. No `calledAt`: so far only a poll was.
    record Early(@Nullable Instant calledAt, boolean polled, Instant at) implements Delivery {
        Step announced(Sighting.Announced announced, Instant deadline) {
            if (!announced.callback()) {
                return Step.to(new Uncounted(announced.at()));
            }
            var awaited =
                    new Awaited(announced.at(), deadline, new Kind(announced.route(), announced.method()), polled);
            var called = calledAt;
            if (called == null) {
                return Step.to(awaited, Effect.AWAITED);
            }
            return awaited.calledBack(called).with(Effect.AWAITED);
        }

        Step calledBack(Instant when) {
            return calledAt == null
                    ? Step.to(new Early(when, polled, at), Effect.EARLY)
                    : Step.to(this, Effect.DUPLICATE);
        }

        Step polledNow() {
            return Step.to(new Early(calledAt, true, at));
        }
    }

    /// Announced, and there is time.
    record Awaited(Instant at, Instant deadline, Kind kind, boolean polled) implements Delivery {
        Step calledBack(Instant when) {
            if (!when.isAfter(deadline)) {
                return Step.to(new Delivered(at, deadline, kind, when), Effect.DELIVERED);
            }
            return new Step(
                    new Late(at, deadline, kind), timeIsUp().with(Effect.LATE).effects());
        }

        Step polledNow() {
            return Step.to(new Awaited(at, deadline, kind, true));
        }

        Step timeIsUp() {
            var missed = new Missed(at, deadline, kind, polled);
            return polled ? Step.to(missed, Effect.MISSED, Effect.RESCUED) : Step.to(missed, Effect.MISSED);
        }
    }

    /// Called back in time.
    record Delivered(Instant at, Instant deadline, Kind kind, Instant calledAt) implements Delivery {}

    /// Not called back in time.
    record Missed(Instant at, Instant deadline, Kind kind, boolean polled) implements Delivery {
        Step calledBack() {
            return Step.to(new Late(at, deadline, kind), Effect.LATE);
        }

        Step polledNow() {
            return polled ? Step.to(this) : Step.to(new Missed(at, deadline, kind, true), Effect.RESCUED);
        }
    }

    /// Called back, too late.
    record Late(Instant at, Instant deadline, Kind kind) implements Delivery {}

    /// Announced as one that expects no callback.
    record Uncounted(Instant at) implements Delivery {}

    /// The first sighting of a task that is not announced, or its announcement.
    static Step announced(@Nullable Delivery before, Sighting.Announced announced, Instant deadline) {
        return switch (before) {
            case null -> new Early(null, false, announced.at()).announced(announced, deadline);
            case Early early -> early.announced(announced, deadline);
            case Awaited again -> Step.to(again);
            case Delivered again -> Step.to(again);
            case Missed again -> Step.to(again);
            case Late again -> Step.to(again);
            case Uncounted again -> Step.to(again);
        };
    }

    static Step calledBack(@Nullable Delivery before, Instant when) {
        return switch (before) {
            case null -> Step.to(new Early(when, false, when), Effect.EARLY);
            case Early early -> early.calledBack(when);
            case Awaited awaited -> awaited.calledBack(when);
            case Missed missed -> missed.calledBack();
            case Delivered again -> Step.to(again, Effect.DUPLICATE);
            case Late again -> Step.to(again, Effect.DUPLICATE);
            case Uncounted uncounted -> Step.to(uncounted);
        };
    }

    static Step polled(@Nullable Delivery before, Instant when) {
        return switch (before) {
            case null -> Step.to(new Early(null, true, when));
            case Early early -> early.polledNow();
            case Awaited awaited -> awaited.polledNow();
            case Missed missed -> missed.polledNow();
            case Delivered delivered -> Step.to(delivered);
            case Late late -> Step.to(late);
            case Uncounted uncounted -> Step.to(uncounted);
        };
    }
}
