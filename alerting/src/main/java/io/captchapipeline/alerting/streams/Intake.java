package io.captchapipeline.alerting.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.alerting.figures.Sighting;
import io.captchapipeline.alerting.judge.Figure;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.topic.Retention;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.DeadLetter;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Makes sightings and figures of all that one partition number of the input topics holds, in the order of time; no
/// answer passes it. It keeps no state.
///
/// Time reaches the books as what was read: every so often a tick is written to the clock, and once it is read again,
/// so is all that was written before it. One tick at a time is under way.
final class Intake extends ContextualProcessor<byte[], byte[], String, Taken> {
    private static final String TASK = "t:";
    private static final String REQUEST = "r:";

    private static final Duration RESULTS_KEPT = switch (Topics.RESULTS.retention()) {
        case Retention.For kept -> kept.time();
        case Retention.Newest newest -> throw new IllegalStateException("results are kept for a time, not " + newest);
    };

    private final Duration every;
    private final Supplier<Figure.@Nullable Probe> probe;
    private final Unreadable unreadable;
    private boolean tickUnderWay;
    private @Nullable Instant lastCallback;

    /// @param every how often it ticks
    /// @param probe what this instance's prober found last
    Intake(Duration every, Supplier<Figure.@Nullable Probe> probe, Unreadable unreadable) {
        this.every = every;
        this.probe = probe;
        this.unreadable = unreadable;
    }

    /// Called anew after a transaction of this task was given up, and what was under way in it with it.
    @Override
    public void init(ProcessorContext<String, Taken> context) {
        super.init(context);
        tickUnderWay = false;
        context.schedule(every, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var place = context().recordMetadata().orElseThrow();
        var topic = place.topic();
        var at = Instant.ofEpochMilli(record.timestamp());
        if (topic.equals(Topics.ALERTING_CLOCK.name())) {
            unreadable.read(place, record.value(), Tick.class).ifPresent(tick -> ticked(tick, at));
        } else if (topic.equals(Topics.SUBMITTED.name())) {
            read(Topics.SUBMITTED, record, submitted -> submitted(submitted, at));
        } else if (topic.equals(Topics.RESULTS.name())) {
            read(Topics.RESULTS, record, result -> result(result, at));
        } else if (topic.equals(Topics.CALLBACK_HEALTH.name())) {
            read(Topics.CALLBACK_HEALTH, record, health -> known(health.instance(), Figures.of(health), at));
        } else if (topic.equals(Topics.SOLVER_HEALTH.name())) {
            read(Topics.SOLVER_HEALTH, record, health -> known(health.account().value(), Figures.of(health), at));
        } else if (topic.equals(Topics.DEAD_LETTERS.name())) {
            known(topic, new Figure.DeadLetter(buriedAt(record, at), header(record, DeadLetter.SERVICE)), at);
        } else {
            read(Topics.SOLVED, record, outcome -> outcome(outcome, at));
        }
    }

    /// Its record's time may be that of the record it was: long ago, where whoever buried it was behind.
    private Instant buriedAt(Record<?, ?> record, Instant at) {
        try {
            var told = Instant.parse(header(record, DeadLetter.AT));
            return told.isAfter(now()) ? now() : told;
        } catch (DateTimeParseException e) {
            return at;
        }
    }

    private static String header(Record<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    /// What became of older tasks than results are kept for nobody can tell: they are in no figure.
    private void submitted(Submitted submitted, Instant at) {
        if (at.isBefore(now().minus(RESULTS_KEPT))) {
            return;
        }
        var route = submitted.route();
        var method = submitted.method();
        seen(
                TASK + submitted.taskId(),
                new Sighting.Announced(
                        at,
                        route == null ? null : route.value(),
                        method == null ? null : method.value(),
                        submitted.expectsCallback()),
                at);
    }

    private void result(Result result, Instant at) {
        var task = result.taskId();
        if (task == null) {
            return;
        }
        if (result.source() == Source.CALLBACK) {
            lastCallback = at;
            seen(TASK + task, new Sighting.CalledBack(at), at);
        } else if (result.source() == Source.POLL) {
            seen(TASK + task, new Sighting.Polled(at), at);
        }
        if (result instanceof Result.Solved) {
            var about = result.ticket() == TicketKind.REQUEST ? REQUEST + result.requestId() : TASK + task;
            seen(about, new Sighting.Solved(at), at);
        }
    }

    /// Seen under both names: its result may be known by either.
    private void outcome(Outcome outcome, Instant at) {
        var task = outcome.taskId();
        seen(REQUEST + outcome.requestId(), Figures.ended(outcome, at, true), at);
        if (task != null) {
            seen(TASK + task, Figures.ended(outcome, at, false), at);
        }
    }

    private void tick(long now) {
        if (!tickUnderWay) {
            tickUnderWay = true;
            context().forward(new Record<>(partition(), new Taken.Ticked(new Tick(probe.get())), now));
        }
    }

    private void ticked(Tick tick, Instant at) {
        tickUnderWay = false;
        var found = tick.probe();
        if (found != null) {
            known(found.instance(), found, at);
        }
        seen(partition(), new Sighting.Read(context().taskId().partition(), at, lastCallback), at);
    }

    private <E extends Event> void read(Topic<E> topic, Record<byte[], byte[]> record, Consumer<E> then) {
        try {
            then.accept(Wire.decode(topic, record.value()));
        } catch (UnreadableRecord e) {
            unreadable.count(context().recordMetadata().orElseThrow());
        }
    }

    private void seen(String about, Sighting sighting, Instant at) {
        context().forward(new Record<>(about, new Taken.Seen(sighting), at.toEpochMilli()));
    }

    private void known(String source, Figure figure, Instant at) {
        context().forward(new Record<>(source, new Taken.Known(figure), at.toEpochMilli()));
    }

    private Instant now() {
        return Instant.ofEpochMilli(context().currentSystemTimeMs());
    }

    private String partition() {
        return Integer.toString(context().taskId().partition());
    }
}
