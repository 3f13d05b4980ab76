package io.captchapipeline.router.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.router.view.OutcomeKeeper;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// What the router runs: the ledger, and beside it the view of outcomes, each an application of Kafka Streams. They
/// share nothing but the outcome topics.
///
/// The names of stores are in the names of changelogs: change them only as docs/topology.md says.
public record RouterTopology(LedgerParts ledger, Supplier<OutcomeKeeper> view) {

    public static final String STORE = LedgerStore.NAME;

    private static final String LEDGER = "ledger";
    private static final String VIEW = "view";

    private static final List<Topic<?>> READ_BY_LEDGER =
            List.of(Topics.SUBMIT, Topics.SUBMITTED, Topics.ATTEMPTS, Topics.RESULTS, Topics.CLOCK, Topics.LINKS);

    /// A tick is for the partition that its key names.
    private static final StreamPartitioner<byte[], byte[]> NAMED_BY_KEY =
            (_, key, _, _) -> Optional.of(Set.of(Integer.parseInt(new String(key, UTF_8))));

    /// The node that writes a topic.
    static String writing(Topic<?> topic) {
        return "write-" + topic.name();
    }

    public Topology ledger(TopologyConfig config) {
        return withLedger(new Topology(config));
    }

    public Topology view(TopologyConfig config) {
        return withView(new Topology(config));
    }

    Topology withLedger(Topology topology) {
        READ_BY_LEDGER.forEach(topic -> read(topology, LEDGER, topic));
        topology.addProcessor(LEDGER, () -> new LedgerProcessor(ledger), reading(LEDGER, READ_BY_LEDGER));
        topology.addStateStore(raw(STORE), LEDGER);
        topology.addSink(
                writing(Topics.CLOCK),
                Topics.CLOCK.name(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                NAMED_BY_KEY,
                LEDGER);
        writtenByKey()
                .forEach(topic -> topology.addSink(
                        writing(topic), topic.name(), new ByteArraySerializer(), new ByteArraySerializer(), LEDGER));
        return topology;
    }

    Topology withView(Topology topology) {
        var outcomes = ledger.outlets().all();
        outcomes.forEach(topic -> read(topology, VIEW, topic));
        topology.addProcessor(VIEW, view::get, reading(VIEW, outcomes));
        for (var store : List.of(OutcomeKeeper.OUTCOMES, OutcomeKeeper.FORGETTING)) {
            topology.addStateStore(raw(store), VIEW);
        }
        return topology;
    }

    private List<Topic<?>> writtenByKey() {
        var topics =
                new ArrayList<Topic<?>>(List.of(Topics.ADMITTED, Topics.OVERDUE, Topics.LINKS, Topics.DEAD_LETTERS));
        topics.addAll(ledger.outlets().all());
        return topics;
    }

    private static void read(Topology topology, String part, Topic<?> topic) {
        topology.addSource(
                part + "-reads-" + topic.name(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic.name());
    }

    private static String[] reading(String part, List<? extends Topic<?>> topics) {
        return topics.stream().map(topic -> part + "-reads-" + topic.name()).toArray(String[]::new);
    }

    private static StoreBuilder<KeyValueStore<byte[], byte[]>> raw(String name) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray());
    }
}
