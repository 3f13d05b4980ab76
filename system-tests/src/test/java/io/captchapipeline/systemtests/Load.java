package io.captchapipeline.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Scrapers: they ask by any key and by librdkafka's partitioner or Java's, repeat themselves, send what is invalid
/// and what nobody can read. A seed decides all of it.
final class Load implements AutoCloseable {
    private static final int MOST_REQUESTS = 100_000;
    private static final byte[] POISON = "{\"request_id\":".getBytes(UTF_8);
    /// One part acts on what lies here, and makes a dead letter of what nobody can read.
    private static final Set<String> ACTED_ON = Stream.of(
                    Topics.SUBMIT,
                    Topics.ADMITTED,
                    Topics.CLOCK,
                    Topics.LINKS,
                    Topics.ATTEMPTS,
                    Topics.SUBMITTED,
                    Topics.RESULTS,
                    Topics.OVERDUE,
                    Topics.REPORTS)
            .map(Topic::name)
            .collect(Collectors.toSet());
    /// On the others it is counted and passed: they are only looked at, told in several ways, or kept by one part for
    /// itself. Dead letters nobody has to be able to read.
    private static final List<String> POISONED = Topics.all(List.of(new Route(Settings.ROUTE))).stream()
            .filter(topic -> !topic.equals(Topics.DEAD_LETTERS))
            .map(Topic::name)
            .toList();

    private final Map<String, Instant> requested = new ConcurrentSkipListMap<>();
    private final Map<RecordMetadata, byte[]> poison = new ConcurrentHashMap<>();
    private final Producer<byte[], byte[]> producer;
    private final Random random;
    private final Duration pace;
    private final Background background = new Background("scrapers", this::scrape);

    /// @param perSecond how many requests are made, repetitions not counted
    Load(Kafka kafka, Random random, int perSecond) {
        this.producer = kafka.producer();
        this.random = random;
        this.pace = Duration.ofSeconds(1).dividedBy(perSecond);
    }

    void start() {
        background.start();
    }

    /// Returns when the broker has all that was asked.
    void stop() {
        background.endAndWait();
        producer.flush();
    }

    /// What the broker took, and by when each must end.
    Map<String, Instant> deadlines() {
        return requested;
    }

    /// Where what nobody can read was put, and has to be a dead letter.
    Map<RecordMetadata, byte[]> poison() {
        return poison;
    }

    @Override
    public void close() {
        background.end();
        producer.close(Duration.ZERO);
    }

    private void scrape() {
        for (int i = 0; i < MOST_REQUESTS && !background.isOver(); i++) {
            ask("r-" + i);
            if (random.nextInt(10) == 0) {
                ask("r-" + random.nextInt(i + 1));
            }
            if (random.nextInt(50) == 0) {
                poison(POISONED.get(random.nextInt(POISONED.size())));
            }
            LockSupport.parkNanos(pace.toNanos());
        }
    }

    private void ask(String id) {
        var key = ("site-" + random.nextInt(100)).getBytes(UTF_8);
        send(
                new ProducerRecord<>(
                        Topics.SUBMIT.name(), partition(key), key, request(id).getBytes(UTF_8)),
                id);
    }

    /// What the broker did not take in time may lie there all the same; asking again is what ids are for.
    private void send(ProducerRecord<byte[], byte[]> request, String id) {
        var _ = producer.send(request, (taken, failure) -> {
            if (failure == null) {
                requested.putIfAbsent(
                        id, Instant.ofEpochMilli(taken.timestamp()).plus(Settings.REQUEST_TIMEOUT));
            } else if (!background.isOver()) {
                Thread.ofVirtual().start(() -> send(request, id));
            }
        });
    }

    /// Puts so much of what nobody can read on every topic but the dead letters.
    void poison(int count) {
        for (int i = 0; i < count; i++) {
            POISONED.forEach(this::poison);
        }
        producer.flush();
    }

    private void poison(String topic) {
        var key = ("p-" + random.nextInt(100)).getBytes(UTF_8);
        var _ = producer.send(new ProducerRecord<>(topic, key, POISON), (taken, failure) -> {
            if (failure == null && ACTED_ON.contains(topic)) {
                poison.put(taken, POISON);
            }
        });
    }

    /// Where librdkafka would put it, for one half; null for Java's own choice.
    private @Nullable Integer partition(byte[] key) {
        if (random.nextBoolean()) {
            return null;
        }
        var crc = new CRC32();
        crc.update(key);
        return (int) (crc.getValue() % Settings.PARTITIONS);
    }

    /// The same for the same id. One in thirty lacks what its method requires.
    private static String request(String id) {
        var kind = Math.floorMod(id.hashCode(), 30);
        var params = kind == 0 ? "{}" : "{\"sitekey\":\"0x4AAA\",\"pageurl\":\"https://example.com/login\"}";
        var route = kind < 10 ? ",\"route\":\"" + Settings.ROUTE + "\"" : "";
        return "{\"request_id\":\"" + id + "\",\"method\":\"turnstile\",\"params\":" + params + route + "}";
    }
}
