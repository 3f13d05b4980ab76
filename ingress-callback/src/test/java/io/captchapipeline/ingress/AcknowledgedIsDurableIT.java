package io.captchapipeline.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is killed with -9 under load: each callback that was answered 200 is on the topic.
class AcknowledgedIsDurableIT {
    private static final int KILLS = 5;
    private static final int CLIENTS = 8;
    private static final int ANSWERS_BETWEEN_KILLS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(5);

    @TempDir
    private Path directory;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong nextId = new AtomicLong(1_000_000);
    private final AtomicBoolean loading = new AtomicBoolean(true);
    private final Random random = new Random(Long.getLong("seed", 7));
    private int brokerPort;
    private int ingressPort;
    private ChildJvm broker;
    private ChildJvm ingress;

    @BeforeEach
    void start() throws Exception {
        brokerPort = FreePort.next();
        ingressPort = FreePort.next();
        broker = startBroker();
        createTopics();
        ingress = startIngress();
        awaitAnswers();
    }

    @AfterEach
    void stop() {
        ingress.close();
        broker.close();
    }

    @Test
    void killing_the_ingress_loses_no_acknowledged_callback() throws Exception {
        underLoad(() -> {
            ingress.kill();
            ingress = startIngress();
        });
        assertThat(missing()).isEmpty();
    }

    @Test
    void killing_the_broker_loses_no_acknowledged_callback() throws Exception {
        underLoad(() -> {
            broker.kill();
            broker = startBroker();
        });
        assertThat(missing()).isEmpty();
    }

    private interface Fault {
        void strike() throws Exception;
    }

    /// The fault strikes at a moment when callbacks are being answered, five times.
    private void underLoad(Fault fault) throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(this::sendCallbacks));
            }
            for (int i = 0; i < KILLS; i++) {
                awaitMore(ANSWERS_BETWEEN_KILLS + random.nextInt(ANSWERS_BETWEEN_KILLS));
                fault.strike();
            }
            awaitMore(ANSWERS_BETWEEN_KILLS);
            loading.set(false);
            finish(running);
        }
    }

    private static void finish(List<Future<?>> running) throws ExecutionException, InterruptedException {
        for (var client : running) {
            client.get();
        }
    }

    private void awaitMore(int answers) {
        int goal = acknowledged.size() + answers;
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> acknowledged.size() >= goal);
    }

    private void sendCallbacks() {
        while (loading.get()) {
            try (var http = new RawHttp(ingressPort)) {
                while (loading.get()) {
                    sendOne(http);
                }
            } catch (IOException e) {
                LockSupport.parkNanos(AFTER_A_FAILURE.toNanos());
            }
        }
    }

    private void sendOne(RawHttp http) throws IOException {
        var id = Long.toString(nextId.incrementAndGet());
        http.send(RawHttp.get("/callback?id=" + id + "&code=token-" + id));
        var answer = http.answer();
        if (answer == null) {
            throw new IOException("closed");
        }
        if (answer.status() == 200) {
            acknowledged.add(id);
        } else {
            assertThat(answer.status()).isEqualTo(503);
        }
    }

    private Set<String> missing() {
        var missing = new HashSet<>(acknowledged);
        missing.removeAll(stored());
        return missing;
    }

    /// The task ids on the topic, from its beginning to where it ends now.
    private Set<String> stored() {
        var ids = new HashSet<String>();
        var configs = Map.<String, Object>of("bootstrap.servers", servers());
        try (var consumer = new KafkaConsumer<>(configs, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.RESULTS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> ids.add(new String(
                                record.headers().lastHeader("task_id").value(), StandardCharsets.UTF_8)));
            }
        }
        return ids;
    }

    private ChildJvm startBroker() throws IOException {
        return ChildJvm.start(
                BrokerMain.class,
                Map.of(),
                directory.resolve("broker.log"),
                directory.resolve("kafka").toString(),
                Integer.toString(brokerPort));
    }

    private ChildJvm startIngress() throws IOException {
        return ChildJvm.start(
                IngressCallback.class,
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        servers(),
                        "BIND_ADDRESS",
                        "127.0.0.1",
                        "INGRESS_PORT",
                        Integer.toString(ingressPort),
                        "MANAGEMENT_PORT",
                        Integer.toString(FreePort.next()),
                        "TOPIC_REPLICATION",
                        "1",
                        "CALLBACK_SECRET",
                        TestIngress.SECRET,
                        "CALLBACK_OPEN",
                        "true"),
                directory.resolve("ingress.log"));
    }

    private void createTopics() throws Exception {
        var topics = Topics.all().stream()
                .map(topic -> new NewTopic(topic.name(), 6, (short) 1).configs(topic.configs()))
                .toList();
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
            admin.createTopics(topics).all().get();
        }
    }

    private void awaitAnswers() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            try {
                return RawHttp.once(ingressPort, RawHttp.get("/health/callbacks"))
                                .status()
                        == 200;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private String servers() {
        return "127.0.0.1:" + brokerPort;
    }
}
