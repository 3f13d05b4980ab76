package io.captchapipeline.router;

import static org.awaitility.Awaitility.await;

import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Everybody but the router, at work in threads: scrapers that repeat themselves, half of them with librdkafka's
/// partitioner; a submitter and a solver, who call back early, twice, with another answer, or never.
final class World implements AutoCloseable {
    private static final int LONG_SECONDS = 300;
    private static final int SHORT_SECONDS = 20;
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(4);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Set<String> admitted = ConcurrentHashMap.newKeySet();
    private final Set<String> admittedTwice = ConcurrentHashMap.newKeySet();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Pipe pipe;
    private final int requests;
    private final Random random;
    private final List<Thread> threads;
    private volatile boolean over;

    World(Pipe pipe, int requests, Random random) {
        this.pipe = pipe;
        this.requests = requests;
        this.random = random;
        this.threads = List.of(
                Thread.ofPlatform().name("scrapers").unstarted(this::scrape),
                Thread.ofPlatform()
                        .name("solver")
                        .unstarted(() -> follow(List.of(Topics.ADMITTED.name()), this::solve)),
                Thread.ofPlatform()
                        .name("outcomes")
                        .unstarted(() -> follow(
                                List.of(Topics.SOLVED.name(), Topics.FAILED.name()),
                                record -> ended.add(Pipe.requestId(record)))));
    }

    static String id(int number) {
        return "r-" + number;
    }

    void start() {
        threads.forEach(Thread::start);
    }

    int outcomes() {
        return ended.size();
    }

    Set<String> admittedTwice() {
        return new HashSet<>(admittedTwice);
    }

    /// Of ten requests, the solver forgets one.
    boolean isSilent(String id) {
        return number(id) % 10 == 3;
    }

    void awaitAllAsked(Duration patience) {
        await().atMost(patience).until(() -> asked.size() == requests);
        pipe.flush();
    }

    @Override
    public void close() {
        over = true;
        threads.forEach(thread -> {
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void scrape() {
        for (int i = 0; i < requests && !over; i++) {
            var id = id(i);
            ask(i, id);
            if (i % 5 == 1) {
                ask(i + 1, id(random.nextInt(i + 1)));
            }
            asked.add(id);
            LockSupport.parkNanos(BETWEEN_REQUESTS.toNanos());
        }
    }

    private void ask(int turn, String id) {
        var key = "site-" + random.nextInt(1000);
        var value = Pipe.request(id, isSilent(id) ? SHORT_SECONDS : LONG_SECONDS);
        pipe.submit(turn % 2 == 0 ? Pipe.crc32(key) : null, key, value);
    }

    private void solve(ConsumerRecord<byte[], byte[]> record) {
        var request = Wire.decode(Topics.ADMITTED, record.value());
        var id = request.requestId().value();
        if (!admitted.add(id)) {
            admittedTwice.add(id);
            return;
        }
        var early = number(id) % 5 == 2;
        if (early) {
            answer(request);
        }
        pipe.taken(request, "t-" + id);
        if (!early) {
            answer(request);
        }
    }

    private void answer(Admitted request) {
        var id = request.requestId().value();
        if (isSilent(id)) {
            return;
        }
        pipe.solved(request, "t-" + id, "token");
        if (number(id) % 5 == 0) {
            pipe.solved(request, "t-" + id, "token");
        }
        if (number(id) % 20 == 1) {
            pipe.solved(request, "t-" + id, "another token");
        }
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(2));
    }

    private interface Eye {
        void see(ConsumerRecord<byte[], byte[]> record);
    }

    /// Reads committed records only.
    private void follow(List<String> topics, Eye eye) {
        try (var consumer = pipe.cluster.consumer(Map.of())) {
            var partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!over) {
                consumer.poll(POLL).forEach(eye::see);
            }
        }
    }
}
