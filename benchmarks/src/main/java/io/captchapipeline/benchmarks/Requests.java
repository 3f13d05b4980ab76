package io.captchapipeline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.ticket.Ticket;
import io.captchapipeline.schemas.ticket.Tickets;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Requests that the solver has taken and not yet answered, as scraper and submitter write them, and the callbacks that
/// will answer them.
record Requests(String servers, String series, int count) {
    private static final String GROUP = "captcha-result-router";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_NANOS = 100_000_000;
    private static final long NANOS = 1_000_000_000L;
    /// What ends a transaction counts as a record that nobody reads.
    private static final int MARKER = 1;
    private static final long FIRST_TASK = 2_122_988_149L;
    private static final Method METHOD = new Method("userrecaptcha");
    private static final Route ROUTE = new Route("login");

    /// Returns when the router has worked on them, and has nothing left to do. Requests come before what became of
    /// them, or it would take them for
    /// announcements of somebody else's tasks.
    void write() throws ExecutionException, InterruptedException {
        try (var producer = producer()) {
            each(number -> send(producer, Topics.SUBMIT, number, request(number)));
            producer.flush();
            awaitRead(Set.of(Topics.SUBMIT));
            each(number -> send(producer, Topics.ATTEMPTS, number, Wire.encode(attempt(number))));
            each(number -> send(producer, Topics.SUBMITTED, number, Wire.encode(submitted(number))));
            producer.flush();
            awaitRead(Set.of(Topics.ATTEMPTS, Topics.SUBMITTED));
        }
    }

    /// Only asks, at this rate; what becomes of them is up to the pipeline.
    ///
    /// @param rate requests a second
    void ask(double rate) {
        try (var producer = producer()) {
            long begin = System.nanoTime();
            each(number -> {
                for (long wait = due(begin, number, rate) - System.nanoTime();
                        wait > 0;
                        wait = due(begin, number, rate) - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                send(producer, Topics.SUBMIT, number, request(number));
            });
        }
    }

    private static long due(long begin, int number, double rate) {
        return begin + (long) (number / rate * NANOS);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /// A callback each, with its ticket and a token of 500 characters.
    List<String> callbacks() {
        var tickets = Tickets.signedWith(List.of(Targets.SECRET));
        var random = new Random(1);
        var now = Instant.now();
        return IntStream.range(0, count)
                .mapToObj(number -> "/callback/" + tickets.mint(ticket(number, now)) + "?id=" + task(number) + "&code="
                        + Targets.token(random))
                .toList();
    }

    /// What the ingress makes of all callbacks, as fast as it can be written.
    void answer() {
        var token = Targets.token(new Random(1));
        try (var producer = producer()) {
            each(number -> send(producer, Topics.RESULTS, number, Wire.encode(answer(number, token))));
        }
    }

    private Result answer(int number, String token) {
        return new Result.Solved(
                task(number),
                id(number),
                Solution.of(token),
                null,
                ROUTE,
                METHOD,
                Source.CALLBACK,
                Instant.now(),
                null,
                1,
                TicketKind.REQUEST);
    }

    private void each(IntConsumer writing) {
        IntStream.range(0, count).forEach(writing);
    }

    private void send(KafkaProducer<byte[], byte[]> producer, Topic<? extends Event> topic, int number, byte[] value) {
        var _ = producer.send(
                new ProducerRecord<>(topic.name(), id(number).value().getBytes(UTF_8), value));
    }

    private RequestId id(int number) {
        return new RequestId(series + "-" + number);
    }

    /// Other tasks in every series.
    private TaskId task(int number) {
        return new TaskId(Long.toString(FIRST_TASK + Integer.toUnsignedLong(series.hashCode()) * 1_000_000 + number));
    }

    private byte[] request(int number) {
        return """
                {"request_id":"%s","method":"userrecaptcha","route":"login","metadata":{"job":"42"},
                 "params":{"googlekey":"6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI","pageurl":"https://example.com"}}""".formatted(id(number)).getBytes(UTF_8);
    }

    private Attempt attempt(int number) {
        return new Attempt(id(number), 1, METHOD, ROUTE, new Account("main"), Instant.now());
    }

    private Submitted submitted(int number) {
        var now = Instant.now();
        return new Submitted(
                task(number),
                id(number),
                METHOD,
                ROUTE,
                1,
                now,
                now.plus(Duration.ofHours(1)),
                new Account("main"),
                Map.of("job", "42"),
                null);
    }

    private Ticket ticket(int number, Instant now) {
        return new Ticket.ForRequest(id(number), 1, METHOD, ROUTE, now, now.plus(Duration.ofDays(1)));
    }

    private void awaitRead(Set<Topic<?>> topics) throws ExecutionException, InterruptedException {
        awaitRead(servers, GROUP, topics, PATIENCE);
    }

    /// Returns when a group has read all that is on these topics, and on whatever else it reads: what it writes to
    /// itself comes after what it follows from.
    static void awaitRead(String servers, String group, Set<Topic<?>> topics, Duration patience)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            while (!isRead(admin, group, topics)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(group + " does not read " + topics);
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private static boolean isRead(Admin admin, String group, Set<Topic<?>> topics)
            throws ExecutionException, InterruptedException {
        var read = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        var named =
                admin.describeTopics(topics.stream().map(Topic::name).toList()).allTopicNames().get().values().stream()
                        .flatMap(topic -> topic.partitions().stream()
                                .map(partition -> new TopicPartition(topic.name(), partition.partition())));
        var partitions = Stream.concat(named, read.keySet().stream())
                .distinct()
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        return admin.listOffsets(partitions).all().get().entrySet().stream().allMatch(end -> {
            var offset = read.get(end.getKey());
            return end.getValue().offset() == 0
                    || (offset != null
                            && offset.offset() + MARKER >= end.getValue().offset());
        });
    }
}
