package io.captchapipeline.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Envelope;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.KafkaCluster;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The topics around a router, with the test in the place of everybody else: scraper, submitter, ingress.
final class Pipe implements AutoCloseable {
    static final int PARTITIONS = 6;

    final KafkaCluster cluster;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Queue<Future<RecordMetadata>> sent = new ConcurrentLinkedQueue<>();

    Pipe(KafkaCluster cluster) {
        this.cluster = cluster;
        this.producer = cluster.producer(Map.of("max.request.size", 4 * 1024 * 1024, "linger.ms", 1));
    }

    /// Returns when the broker leads them all: what is written to a topic before that, from a producer that is new too,
    /// may be out of order for ever.
    static void createTopics(KafkaCluster cluster, String... routes) {
        var wanted = Topics.all(Stream.of(routes).map(Route::new).toList());
        try (var admin = cluster.admin()) {
            var made = admin.createTopics(wanted.stream()
                    .map(topic -> new NewTopic(topic.name(), PARTITIONS, (short) 1).configs(topic.configs()))
                    .toList());
            await().atMost(TestRouter.PATIENCE).until(() -> made.all().isDone());
            var ends = wanted.stream()
                    .flatMap(topic -> IntStream.range(0, PARTITIONS)
                            .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                    .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
            await().atMost(TestRouter.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> admin.listOffsets(ends).all().get().size() == ends.size());
        }
    }

    /// As librdkafka does by default: CRC32 of the key.
    static int crc32(String key) {
        var crc = new CRC32();
        crc.update(key.getBytes(UTF_8));
        return (int) (crc.getValue() % PARTITIONS);
    }

    static String request(String id, int timeoutSeconds) {
        return """
                {"request_id":"%s","method":"userrecaptcha","params":{"googlekey":"k-%s","pageurl":"https://example.com"},
                 "timeout_seconds":%d,"max_attempts":1,"metadata":{"job":"%s"}}""".formatted(id, id, timeoutSeconds, id);
    }

    void submit(@Nullable Integer partition, @Nullable String key, String value) {
        sent.add(raw(Topics.SUBMIT, partition, key, value.getBytes(UTF_8)));
    }

    Future<RecordMetadata> raw(Topic<?> topic, @Nullable Integer partition, @Nullable String key, byte[] value) {
        return producer.send(
                new ProducerRecord<>(topic.name(), partition, key == null ? null : key.getBytes(UTF_8), value));
    }

    <E extends Event> void write(Topic<E> topic, E event) {
        sent.add(raw(topic, null, event.key(), Wire.encode(event)));
    }

    /// The submitter asks, and the solver takes it.
    void taken(Admitted admitted, String task) {
        write(
                Topics.ATTEMPTS,
                new Attempt(
                        admitted.requestId(),
                        admitted.attempt(),
                        admitted.method(),
                        admitted.route(),
                        new Account("main"),
                        Instant.now()));
        write(
                Topics.SUBMITTED,
                new Submitted(
                        new TaskId(task),
                        admitted.requestId(),
                        admitted.method(),
                        admitted.route(),
                        admitted.attempt(),
                        Instant.now(),
                        admitted.deadline(),
                        new Account("main"),
                        admitted.metadata(),
                        null));
    }

    /// The solver calls back, with the request's ticket.
    void solved(Admitted admitted, String task, String solution) {
        write(
                Topics.RESULTS,
                new Result.Solved(
                        new TaskId(task),
                        admitted.requestId(),
                        Solution.of(solution),
                        null,
                        admitted.route(),
                        admitted.method(),
                        Source.CALLBACK,
                        Instant.now(),
                        null,
                        admitted.attempt(),
                        TicketKind.REQUEST));
    }

    /// All that is committed on these.
    List<Outcome> outcomes() {
        return Stream.of(Topics.SOLVED, Topics.FAILED)
                .flatMap(topic -> records(topic).stream().map(record -> Wire.decode(topic, record.value())))
                .toList();
    }

    List<Outcome> outcomesOf(String id) {
        return outcomes().stream()
                .filter(outcome -> outcome.requestId().value().equals(id))
                .toList();
    }

    List<Admitted> admitted() {
        return records(Topics.ADMITTED).stream()
                .map(record -> Wire.decode(Topics.ADMITTED, record.value()))
                .toList();
    }

    List<ConsumerRecord<byte[], byte[]>> records(Topic<?> topic) {
        return cluster.readAll(topic.name());
    }

    static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    static String requestId(ConsumerRecord<byte[], byte[]> record) {
        return String.valueOf(header(record, Envelope.REQUEST_ID));
    }

    static RecordMetadata confirmed(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Returns when the broker has all that was written.
    void flush() {
        producer.flush();
        for (var next = sent.poll(); next != null; next = sent.poll()) {
            var _ = confirmed(next);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
