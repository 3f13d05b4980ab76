package io.captchapipeline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.router.stream.LedgerRows;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/// Requests that were answered long ago, as far as the router remembers them: the rows of its ledger, written straight
/// to the changelog that it restores its store from, and their outcomes on their topic.
record Remembered(String servers) {
    private static final String CHANGELOG = Routers.APPLICATION + "-" + LedgerRows.STORE + "-changelog";
    private static final String VIEW = Routers.APPLICATION + "-view";
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration REMEMBERED = Duration.ofHours(20);
    private static final long FIRST_TASK = 5_000_000_000L;
    private static final Method METHOD = new Method("userrecaptcha");
    private static final Solution SOLUTION = Solution.of("a short token");

    /// Those of these numbers. No router may be running, and one must have been.
    void write(int from, int until) {
        var now = Instant.now();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", servers, "acks", "all", "linger.ms", 20, "batch.size", 256 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int number = from; number < until; number++) {
                write(producer, number, now);
            }
        }
    }

    /// Returns when a router's view has read their outcomes; nothing may have been told since they were written.
    void awaitViewed() throws ExecutionException, InterruptedException {
        Requests.awaitRead(servers, VIEW, Set.of(Topics.SOLVED), PATIENCE);
    }

    private static void write(KafkaProducer<byte[], byte[]> producer, int number, Instant now) {
        var request = new RequestId(new UUID(mixed(number), mixed(~number)).toString());
        var task = new TaskId(Long.toString(FIRST_TASK + number));
        LedgerRows.answered(request, task, number, now, now.plus(REMEMBERED), (id, key, value) -> {
            var _ = producer.send(new ProducerRecord<>(CHANGELOG, partition(id), key, value));
        });
        var outcome = Wire.encode(outcome(request, task, now));
        var _ = producer.send(
                new ProducerRecord<>(Topics.SOLVED.name(), request.value().getBytes(UTF_8), outcome));
    }

    private static Outcome outcome(RequestId request, TaskId task, Instant now) {
        return new Outcome.Solved(
                task, request, SOLUTION, null, METHOD, null, 1, now, now, null, 20.0, Source.CALLBACK, null, Map.of());
    }

    /// As Kafka's own producers choose it.
    private static int partition(String id) {
        return Utils.toPositive(Utils.murmur2(id.getBytes(UTF_8))) % Topic.DEFAULT_PARTITIONS;
    }

    /// The same in every run, and in no order.
    private static long mixed(int number) {
        long bits = (number + 1L) * 0x9E3779B97F4A7C15L;
        bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        return bits ^ (bits >>> 31);
    }
}
