package io.captchapipeline.alerting.streams;

import io.captchapipeline.alerting.figures.BookSettings;
import io.captchapipeline.alerting.figures.Form;
import io.captchapipeline.alerting.figures.Sighting;
import io.captchapipeline.alerting.judge.Figure;
import io.captchapipeline.alerting.judge.JudgeSettings;
import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.DeliverySnapshot;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.FailureDigest;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Sender;
import io.captchapipeline.schemas.wire.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/// ```
///  submitted, results, solved, failed ─┐              ┌─▶ by-task (by task or request) ─▶ books ─┐
///  callback-health, solver-health ─────┼─▶ intake ────┤                                          ▼
///  dead-letters ───────────────────────┘    │  ▲      └─────────────────────────────▶ alerting-figures
///                                           ▼  │                                    (one partition)
///                                     alerting-clock                                             │
///                                                        alerts, delivery, digests ◀── judge ◀───┘
/// ```
/// The clock goes through the intake, so that the books and the judge know no time but what was read.
public final class AlertingTopology {
    static final String TASKS = "tasks";
    static final String JUDGE = "judge";

    private static final Serde<String> KEYS = Serdes.String();
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final BookSettings books;
    private final JudgeSettings judging;
    private final List<Route> routes;
    private final Supplier<Figure.@Nullable Probe> probe;
    private final MeterRegistry metrics;
    private final Clock clock;

    /// @param routes those that have topics of their own
    /// @param probe what this instance's prober found last
    public AlertingTopology(
            BookSettings books,
            JudgeSettings judging,
            List<Route> routes,
            Supplier<Figure.@Nullable Probe> probe,
            MeterRegistry metrics,
            Clock clock) {
        this.books = books;
        this.judging = judging;
        this.routes = List.copyOf(routes);
        this.probe = probe;
        this.metrics = metrics;
        this.clock = clock;
    }

    public Topology on(TopologyConfig config) {
        var builder = new StreamsBuilder(config);
        builder.addStateStore(store(TASKS));
        builder.addStateStore(store(JUDGE));
        var unreadable = new Unreadable(metrics);
        takeIn(builder, unreadable);
        judge(builder, unreadable);
        return builder.build();
    }

    private void takeIn(StreamsBuilder builder, Unreadable unreadable) {
        var ticks = judging.interval().dividedBy(2);
        var taken = builder.stream(inputs(), Consumed.with(BYTES, BYTES).withName("inputs"))
                .process(() -> new Intake(atLeastAMilli(ticks), probe, unreadable), Named.as("intake"));
        clock(taken);
        figures(known(taken), "known-out");
        figures(keepBooks(taken), "books-out");
    }

    private static void clock(KStream<String, Taken> taken) {
        taken.filter((_, what) -> what instanceof Taken.Ticked, Named.as("ticks"))
                .mapValues(what -> Form.write(((Taken.Ticked) what).tick()), Named.as("ticks-written"))
                .to(
                        Topics.ALERTING_CLOCK.name(),
                        Produced.with(KEYS, BYTES)
                                .withName("clock")
                                .withStreamPartitioner(
                                        (_, key, _, _) -> Optional.of(Set.of(Integer.parseInt(String.valueOf(key))))));
    }

    private KStream<String, Figure> keepBooks(KStream<String, Taken> taken) {
        int partitions = judging.partitions();
        return taken.filter((_, what) -> what instanceof Taken.Seen, Named.as("sightings"))
                .mapValues(what -> ((Taken.Seen) what).sighting(), Named.as("sighted"))
                .repartition(Repartitioned.with(KEYS, form(Sighting.class))
                        .withName("by-task")
                        .withNumberOfPartitions(partitions)
                        .withStreamPartitioner((_, _, sighting, count) -> toAll(sighting, count)))
                .process(() -> new Bookkeeping(books, partitions), Named.as("books"), TASKS);
    }

    /// How far the intake has read concerns every book; all else has its place by its key.
    private static Optional<Set<Integer>> toAll(Sighting sighting, int partitions) {
        return sighting instanceof Sighting.Read
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }

    private static KStream<String, Figure> known(KStream<String, Taken> taken) {
        return taken.filter((_, what) -> what instanceof Taken.Known, Named.as("known"))
                .mapValues(what -> ((Taken.Known) what).figure(), Named.as("known-figures"));
    }

    /// A way of its own for each: joined before the topic, they would make one part of what is two.
    private static void figures(KStream<String, Figure> figures, String name) {
        figures.to(
                Topics.ALERTING_FIGURES.name(),
                Produced.with(KEYS, form(Figure.class)).withName(name));
    }

    private void judge(StreamsBuilder builder, Unreadable unreadable) {
        var sender = new Sender("alerting", clock);
        var said = builder.stream(
                        Topics.ALERTING_FIGURES.name(),
                        Consumed.with(KEYS, BYTES).withName("figures-in"))
                .process(() -> new Judging(judging, sender, unreadable), Named.as("judging"), JUDGE);
        to(said, Topics.ALERTS, Alert.class);
        to(said, Topics.DELIVERY, DeliverySnapshot.class);
        to(said, Topics.FAILURE_DIGESTS, FailureDigest.class);
    }

    private static void to(KStream<String, Event> said, Topic<?> topic, Class<? extends Event> type) {
        said.filter((_, event) -> type.isInstance(event), Named.as("only-" + topic.name()))
                .mapValues(Wire::encode, Named.as("encoded-" + topic.name()))
                .to(topic.name(), Produced.with(KEYS, BYTES).withName("to-" + topic.name()));
    }

    private List<String> inputs() {
        var topics = new ArrayList<Topic<?>>(List.of(
                Topics.SUBMITTED,
                Topics.RESULTS,
                Topics.SOLVED,
                Topics.FAILED,
                Topics.CALLBACK_HEALTH,
                Topics.SOLVER_HEALTH,
                Topics.DEAD_LETTERS,
                Topics.ALERTING_CLOCK));
        for (var route : routes) {
            topics.add(Topics.SOLVED.forRoute(route));
            topics.add(Topics.FAILED.forRoute(route));
        }
        return topics.stream().map(Topic::name).toList();
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), KEYS, BYTES);
    }

    private static <T> Serde<T> form(Class<T> type) {
        return Serdes.serdeFrom((_, value) -> Form.write(value), (_, bytes) -> Form.read(bytes, type));
    }

    private static Duration atLeastAMilli(Duration time) {
        return time.toMillis() < 1 ? Duration.ofMillis(1) : time;
    }
}
