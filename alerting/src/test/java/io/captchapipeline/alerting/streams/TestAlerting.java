package io.captchapipeline.alerting.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.alerting.figures.BookSettings;
import io.captchapipeline.alerting.judge.Figure;
import io.captchapipeline.alerting.judge.JudgeSettings;
import io.captchapipeline.alerting.judge.Thresholds;
import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.DeliverySnapshot;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/// The real topology, over one partition, at the test's own time.
final class TestAlerting implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private final List<Alert> alerts = new ArrayList<>();
    private final Map<String, DeliverySnapshot> snapshots = new HashMap<>();
    private Instant now = NOON;
    private Figure.@Nullable Probe probe;

    TestAlerting(Path directory) {
        var properties = properties(directory);
        var topology = topology(new TopologyConfig(new StreamsConfig(properties)), 1);
        driver = new TopologyTestDriver(topology, properties, NOON);
    }

    Topology topology(TopologyConfig config, int partitions) {
        return new AlertingTopology(
                        BookSettings.of(
                                Duration.ofMinutes(5),
                                Duration.ofHours(1),
                                Duration.ofMinutes(5),
                                Duration.ofHours(24)),
                        new JudgeSettings(
                                partitions,
                                INTERVAL,
                                Duration.ofHours(4),
                                Optional.of(Duration.ofMinutes(15)),
                                thresholds()),
                        List.of(),
                        () -> probe,
                        metrics,
                        Clock.systemUTC())
                .on(config);
    }

    static Thresholds thresholds() {
        return new Thresholds(
                Duration.ofMinutes(5),
                0.05,
                100,
                Duration.ofSeconds(1),
                0.90,
                0.20,
                10,
                Optional.of(2.0),
                Duration.ofHours(1),
                Set.of());
    }

    Instant now() {
        return now;
    }

    void write(Topic<?> topic, Event event) {
        write(topic, Wire.encode(event));
    }

    void write(Topic<?> topic, byte[] value) {
        write(topic, value, new RecordHeaders(), now);
    }

    /// @param at the record's own time
    void write(Topic<?> topic, byte[] value, Headers headers, Instant at) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>("key".getBytes(UTF_8), value, headers, at));
        collect();
    }

    void probed(@Nullable String fault) {
        probe = new Figure.Probe("here", now, fault);
    }

    /// Time goes on in small steps, as on the wall.
    void goOn(Duration time) {
        var end = now.plus(time);
        while (now.isBefore(end)) {
            var step = Duration.ofSeconds(5);
            now = now.plus(step);
            driver.advanceWallClockTime(step);
            collect();
        }
    }

    /// Time passes and nobody runs.
    void isAwayFor(Duration time) {
        now = now.plus(time);
    }

    /// What was told, in order, as `STATE Name`.
    List<String> told() {
        return alerts.stream()
                .map(alert -> alert.state().wire() + " " + alert.alert().wire())
                .toList();
    }

    List<Alert> alerts() {
        return List.copyOf(alerts);
    }

    DeliverySnapshot snapshot(String scope) {
        return Objects.requireNonNull(snapshots.get(scope), scope);
    }

    <E extends Event> List<E> read(Topic<E> topic) {
        var output = driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var events = new ArrayList<E>();
        while (!output.isEmpty()) {
            events.add(Wire.decode(topic, output.readValue()));
        }
        return events;
    }

    private void collect() {
        alerts.addAll(read(Topics.ALERTS));
        read(Topics.DELIVERY).forEach(snapshot -> snapshots.put(snapshot.scope(), snapshot));
    }

    @Override
    public void close() {
        driver.close();
    }

    static Properties properties(Path directory) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "captcha-alerting");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }
}
