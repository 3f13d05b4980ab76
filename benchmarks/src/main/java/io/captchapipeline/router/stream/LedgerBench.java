package io.captchapipeline.router.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.settings.ByMethod;
import io.captchapipeline.kit.streams.SharedRocksDbMemory;
import io.captchapipeline.router.ledger.Ledger;
import io.captchapipeline.router.ledger.LedgerRules;
import io.captchapipeline.router.ledger.PollRules;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Sender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// The router's ledger of one partition on a real store, without Kafka around it, and with a clock that is set. In the
/// package of what it drives, which nobody else needs to see.
public final class LedgerBench implements AutoCloseable {
    /// Entries that one tick settles.
    public static final int MOST_AT_ONCE = Ticker.MOST_AT_ONCE;

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private final MockProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<byte[], byte[]> store;
    private final LedgerProcessor ledger;
    private final Punctuator clock;
    private Instant now = START;
    private long offset;

    public LedgerBench(Path directory) {
        context = new MockProcessorContext<>(properties(), new TaskId(0, 0), directory.toFile());
        context.setCurrentSystemTimeMs(now.toEpochMilli());
        store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(LedgerStore.NAME), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        ledger = new LedgerProcessor(parts());
        ledger.init(context);
        clock = context.scheduledPunctuators().getFirst().getPunctuator();
    }

    /// One more request that waits.
    public void request(String id, Duration timeout) {
        var asks = """
                {"method":"userrecaptcha","route":"login","timeout_seconds":%d,"max_attempts":1,
                 "metadata":{"job":"42"},"params":{"googlekey":"6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI"},
                 "request_id":"%s"}""".formatted(timeout.toSeconds(), id);
        write(Topics.SUBMIT, id, asks.getBytes(UTF_8));
    }

    /// A record is read, and the links that follow from it.
    public void write(Topic<?> topic, String key, byte[] value) {
        read(topic, new Record<>(key.getBytes(UTF_8), value, now.toEpochMilli()));
        var links = forwarded(Topics.LINKS);
        context.resetForwards();
        links.forEach(link -> read(Topics.LINKS, link));
        context.resetForwards();
    }

    /// The clock looks whether something is due. Returns the tick that it writes, if it does.
    public Optional<Record<byte[], byte[]>> look() {
        clock.punctuate(now.toEpochMilli());
        var ticks = forwarded(Topics.CLOCK);
        context.resetForwards();
        return ticks.stream().findFirst();
    }

    /// A tick is read.
    ///
    /// @return requests that it ended
    public int tick(Record<byte[], byte[]> tick) {
        read(Topics.CLOCK, tick);
        int ended = forwarded(Topics.FAILED).size();
        context.resetForwards();
        return ended;
    }

    public void pass(Duration time) {
        now = now.plus(time);
        context.setCurrentSystemTimeMs(now.toEpochMilli());
    }

    /// Keys and values of the store.
    public void eachRow(BiConsumer<byte[], byte[]> row) {
        try (var rows = store.all()) {
            rows.forEachRemaining(found -> row.accept(found.key, found.value));
        }
    }

    public Instant now() {
        return now;
    }

    @Override
    public void close() {
        ledger.close();
        store.close();
    }

    private void read(Topic<?> topic, Record<byte[], byte[]> record) {
        context.setRecordMetadata(topic.name(), 0, offset++);
        ledger.process(record);
    }

    private List<Record<byte[], byte[]>> forwarded(Topic<?> topic) {
        var written = new ArrayList<Record<byte[], byte[]>>();
        context.forwarded(RouterTopology.writing(topic)).forEach(forward -> {
            var record = forward.record();
            written.add(new Record<>(record.key(), record.value(), record.timestamp(), record.headers()));
        });
        return written;
    }

    /// There is one partition, and it is here.
    private LedgerParts parts() {
        var metrics = new SimpleMeterRegistry();
        return new LedgerParts(
                new Ledger(new LedgerRules(
                        HOUR,
                        HOUR,
                        HOUR.multipliedBy(24),
                        new PollRules(HOUR, HOUR, 1, true),
                        new ByMethod(Optional.empty(), Map.of()))),
                new Outlets(Set.of()),
                1,
                "result-router",
                new Sender("result-router", Clock.fixed(START, ZoneOffset.UTC)),
                new Counts(metrics),
                new Pending(metrics, () -> now),
                new Backlog());
    }

    private static Properties properties() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "captcha-result-router");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDbMemory.class);
        return properties;
    }
}
