package io.captchapipeline.router.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.settings.ByMethod;
import io.captchapipeline.router.ledger.Ledger;
import io.captchapipeline.router.ledger.LedgerRules;
import io.captchapipeline.router.ledger.PollRules;
import io.captchapipeline.router.view.OutcomeKeeper;
import io.captchapipeline.router.view.OutcomeWatch;
import io.captchapipeline.router.view.Waiters;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.wire.Sender;
import io.captchapipeline.schemas.wire.Wire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/// The router's two parts in memory, as one, with a clock that the test sets. It has the first of some partitions.
public final class Bench implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    public static final Duration RETENTION = Duration.ofHours(24);
    static final Route LOGIN = new Route("login");
    private static final PollRules POLLS = new PollRules(null, Duration.ofSeconds(10), 20, true);

    public final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    public final Waiters waiters = new Waiters(10, metrics);
    public final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
    private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
    private final PollRules polls;
    private Instant now = START;

    public Bench(Path state, int partitions) {
        this(state, partitions, POLLS);
    }

    Bench(Path state, int partitions, PollRules polls) {
        this.polls = polls;
        var properties = properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        var parts = parts(partitions);
        driver = new TopologyTestDriver(parts.withView(parts.ledger(config())), properties, START);
    }

    RouterTopology parts(int partitions) {
        var ledger = new LedgerParts(
                new Ledger(rules()),
                new Outlets(Set.of(LOGIN)),
                partitions,
                "result-router",
                new Sender("result-router", Clock.fixed(START, ZoneOffset.UTC)),
                new Counts(metrics),
                new Pending(metrics, () -> now),
                new Backlog());
        return new RouterTopology(
                ledger, () -> new OutcomeKeeper(waiters, new OutcomeWatch(metrics, Set.of(LOGIN)), RETENTION));
    }

    static TopologyConfig config() {
        return new TopologyConfig(new StreamsConfig(properties()));
    }

    public void write(Topic<?> topic, TestRecord<byte[], byte[]> record) {
        inputs.computeIfAbsent(
                        topic.name(),
                        name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
                .pipeInput(record);
    }

    public void write(Topic<?> topic, String key, String value) {
        write(topic, new TestRecord<>(key.getBytes(UTF_8), value.getBytes(UTF_8), now));
    }

    void writeAsOf(Instant time, Topic<?> topic, String key, String value) {
        write(topic, new TestRecord<>(key.getBytes(UTF_8), value.getBytes(UTF_8), time));
    }

    public <E extends Event> void write(Topic<E> topic, E event) {
        write(topic, String.valueOf(event.key()), new String(Wire.encode(event), UTF_8));
    }

    /// What was written since it was asked for last.
    public List<TestRecord<byte[], byte[]>> written(Topic<?> topic) {
        return outputs.computeIfAbsent(
                        topic.name(),
                        name -> driver.createOutputTopic(
                                name, new ByteArrayDeserializer(), new ByteArrayDeserializer()))
                .readRecordsToList();
    }

    public Instant now() {
        return now;
    }

    public void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    @Override
    public void close() {
        driver.close();
    }

    private LedgerRules rules() {
        return new LedgerRules(
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                RETENTION,
                polls,
                new ByMethod(Optional.of(Duration.ofMinutes(2)), Map.of("image", Optional.empty())));
    }

    private static Properties properties() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "captcha-result-router");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        return properties;
    }
}
