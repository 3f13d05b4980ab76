package io.captchapipeline.kit.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.EmbeddedBroker;
import io.captchapipeline.kit.RunningServices;
import io.captchapipeline.kit.ServiceDefinition;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A topology that remembers each value and passes it on, run by the kit against a real broker.
class StreamsServiceIT {

    private static final String OUT = Topics.SOLVED.name();
    private static final String POISON = "poison";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MANY = 3000;

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaProducer<byte[], byte[]> producer;
    private static Onlooker onlooker;

    private final AtomicReference<RunningStreams> streams = new AtomicReference<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerConfig.in(directory.resolve("kafka")));
        try (var topics = TopicAdmin.of(Settings.read(environment(), List.of(Catalogue.ROUTER)))) {
            topics.create(Topics.all());
        }
        onlooker = new Onlooker(broker.bootstrapServers());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", 4 * 1024 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @Test
    void a_record_of_three_mebibytes_passes_a_hop_and_a_store() {
        var large = new byte[3 * 1024 * 1024];
        new Random(7).nextBytes(large);
        try (var _ = run("large")) {
            send("large", large);

            assertThat(passed("large")).isEqualTo(large);
            var owner = streams.get()
                    .ownerOf("large", "large", new StringSerializer())
                    .orElseThrow();
            assertThat(streams.get()
                            .<byte[], byte[]>store("large", owner.partition())
                            .get(bytes("large")))
                    .isEqualTo(large);
        }
    }

    @Test
    void a_successor_goes_on_as_soon_as_the_one_before_it_is_closed() {
        try (var _ = run("again")) {
            send("before", bytes("before"));
            passed("before");
        }
        var closed = System.nanoTime();
        assertThat(onlooker.members("captcha-result-router-again")).isZero();
        try (var _ = run("again")) {
            send("after", bytes("after"));
            passed("after");
            System.out.println("From the close of one to the first record of the next: "
                    + Duration.ofNanos(System.nanoTime() - closed).toMillis() + " ms");
        }
    }

    @Test
    void a_thread_that_dies_is_replaced_turns_health_down_and_loses_nothing() {
        failure.set(new IllegalStateException("a bug"));
        try (var services = run("dying")) {
            send(POISON, bytes("through"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ready(services))
                            .contains(
                                    "\"name\":\"captcha-result-router-dying\",\"status\":\"DOWN\"",
                                    "stream thread died"));

            failure.set(null);

            assertThat(passed(POISON)).isEqualTo(bytes("through"));
            assertThat(get(services, "/metrics"))
                    .containsPattern(
                            "captcha_streams_thread_deaths_total\\{application=\"captcha-result-router-dying\"\\} [1-9]");
        }
    }

    @Test
    void what_its_topic_refuses_is_not_passed_over_and_what_came_with_it_is_told_once() {
        var large = new byte[2000];
        var limit = onlooker.limitOf(OUT);
        try (var services = run("refused")) {
            onlooker.limit(OUT, "1000");
            write("refused-beside", bytes("small"));
            write("refused", large);
            producer.flush();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ready(services)).contains("stream thread died"));

            onlooker.limit(OUT, limit);

            assertThat(passed("refused")).isEqualTo(large);
            assertThat(passed("refused-beside")).isEqualTo(bytes("small"));
        } finally {
            onlooker.limit(OUT, limit);
        }
    }

    @Test
    void a_record_is_committed_when_there_is_nothing_else_to_do() {
        try (var _ = withoutCommitInterval(() -> run("prompt"))) {
            send("prompt", bytes("one"));

            assertThat(passed("prompt")).isEqualTo(bytes("one"));
        }
    }

    @Test
    void what_lies_there_already_is_committed_in_large_portions() {
        var before = onlooker.logged(OUT);
        IntStream.range(0, MANY).forEach(number -> write("many-" + number, bytes("many")));
        producer.flush();
        try (var _ = withoutCommitInterval(() -> run("many"))) {
            await().atMost(PATIENCE).until(() -> onlooker.readable(OUT, "many-") == MANY);

            var markers = onlooker.logged(OUT) - before - MANY;
            assertThat(markers)
                    .as("transactions, counted once for each partition")
                    .isPositive()
                    .isLessThan(MANY / 10);
        }
    }

    /// Then, for longer than a test lasts, only what asks for a commit gets one.
    private static RunningServices withoutCommitInterval(Supplier<RunningServices> start) {
        var overrides = Map.of(
                "captcha.streams.commit.interval.ms", "60000",
                "captcha.streams.producer.transaction.timeout.ms", "120000");
        overrides.forEach(System::setProperty);
        try {
            return start.get();
        } finally {
            overrides.keySet().forEach(System::clearProperty);
        }
    }

    private RunningServices run(String role) {
        var definition = new ServiceDefinition<>(Pipeline.RESULT_ROUTER, settings -> settings, (_, context) -> {
            streams.set(context.stream(StreamsPlan.of(config -> topology(config, role))
                    .as(role)
                    .advertisedAt(new HostInfo("127.0.0.1", 1))));
            return streams.get();
        });
        var services = ServiceMain.runAll(List.of(definition), environment());
        await().atMost(PATIENCE)
                .until(() -> streams.get().checks().getFirst().read().get().up() || failure.get() != null);
        return services;
    }

    private Topology topology(TopologyConfig config, String name) {
        var builder = new StreamsBuilder(config);
        var raw = Serdes.ByteArray();
        builder.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), raw, raw));
        builder.stream(Topics.RESULTS.name(), Consumed.with(raw, raw).withName("results"))
                .process(Pass::new, Named.as("pass"))
                .repartition(Repartitioned.with(raw, raw).withName("rekeyed"))
                .process(() -> new Remember(name), Named.as("remember"), name)
                .to(OUT, Produced.with(raw, raw).withName("solved"));
        return builder.build();
    }

    private static final class Pass extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

        @Override
        public void process(Record<byte[], byte[]> record) {
            context().forward(record);
        }
    }

    private final class Remember extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

        private final String name;

        Remember(String name) {
            this.name = name;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            var bug = failure.get();
            if (bug != null && new String(record.key(), UTF_8).equals(POISON)) {
                throw bug;
            }
            KeyValueStore<byte[], byte[]> store = context().getStateStore(name);
            store.put(record.key(), record.value());
            context().forward(record);
        }
    }

    private static void send(String key, byte[] value) {
        write(key, value);
        producer.flush();
    }

    private static void write(String key, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(Topics.RESULTS.name(), bytes(key), value));
    }

    /// The only value that came through under this key.
    private static byte[] passed(String key) {
        return onlooker.passed(OUT, key);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String ready(RunningServices services) {
        return get(services, "/health/ready");
    }

    private static String get(RunningServices services, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + services.managementPort() + path))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.sendAsync(request, BodyHandlers.ofString()).join().body();
        }
    }

    private static Environment environment() {
        return Environment.of(Map.of())
                .giving(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                        "BIND_ADDRESS", "127.0.0.1",
                        "MANAGEMENT_PORT", "0",
                        "DATA_DIR", directory.toString(),
                        "TOPIC_REPLICATION", "1"));
    }
}
