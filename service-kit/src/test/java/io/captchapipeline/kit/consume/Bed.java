package io.captchapipeline.kit.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.health.Health;
import io.captchapipeline.kit.kafka.DeadLetters;
import io.captchapipeline.kit.kafka.Events;
import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.kit.kafka.PublisherLimits;
import io.captchapipeline.kit.kafka.Publishing;
import io.captchapipeline.kit.kafka.RecordSize;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.kafka.Transactions;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.topic.Retention;
import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A service with a topic to read and one to mark in, on a real broker. What it reads has a key and an id.
final class Bed implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Duration A_MOMENT = Duration.ofMillis(100);
    private static final Set<Thread.State> WAITING = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    final Topic<Result> topic;
    final Topic<Result> marks;
    final ServiceContract contract;
    final KafkaClients clients;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Publishing publishing;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;

    private Bed(String bootstrapServers, String name) {
        topic = topic(name + "-read");
        marks = topic(name + "-marks");
        contract = new ServiceContract(name, "is a test", List.of(topic), List.of(marks, Topics.DEAD_LETTERS));
        clients = new KafkaClients(List.of(bootstrapServers), Map.of());
        publishing = new Publishing(name, clients, PublisherLimits.DEFAULT, Clock.systemUTC(), registry);
        producer = new KafkaProducer<>(
                clients.producer(Map.of("acks", "all")), new ByteArraySerializer(), new ByteArraySerializer());
        admin = Admin.create(clients.admin(Map.of()));
    }

    static Bed with(String bootstrapServers, int partitions) {
        var bed = of(bootstrapServers, "bed-" + UUID.randomUUID());
        bed.create(partitions, List.of(bed.topic, bed.marks, Topics.DEAD_LETTERS));
        return bed;
    }

    /// Of an other process.
    static Bed of(String bootstrapServers, String name) {
        return new Bed(bootstrapServers, name);
    }

    void create(int partitions, List<Topic<?>> topics) {
        try (var topicAdmin = new TopicAdmin(clients, partitions, 1)) {
            topicAdmin.create(topics);
        }
    }

    Running consumer(Handler<Result> handler, ConsumeLimits limits) {
        return loops().consume(topic, "", handler, limits, deadLetters());
    }

    Running claims(Claimant<Result> claimant) {
        return loops().claim(topic, "", claimant);
    }

    Running claims(Claimant<Result> claimant, Function<String, Transactions> transactions) {
        return new Loops(contract, clients, Clock.systemUTC(), registry, transactions).claim(topic, "", claimant);
    }

    String group() {
        return "captcha-" + contract.name();
    }

    RecordMetadata write(String key, String id) throws ExecutionException, InterruptedException {
        return writeBytes(key, Wire.encode(Events.result(key, id)));
    }

    RecordMetadata writeBytes(String key, byte[] value) throws ExecutionException, InterruptedException {
        return producer.send(new ProducerRecord<>(topic.name(), key.getBytes(UTF_8), value))
                .get();
    }

    RecordMetadata writeLarge(String key, byte[] value) throws ExecutionException, InterruptedException {
        var configs = clients.producer(Map.of("acks", "all", "max.request.size", RecordSize.MOST));
        try (var large = new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer())) {
            return large.send(new ProducerRecord<>(topic.name(), key.getBytes(UTF_8), value))
                    .get();
        }
    }

    Claim.Mark<Result> mark(Received<Result> received) {
        return new Claim.Mark<>(marks, received.event());
    }

    static String key(Received<Result> received) {
        return received.event().key();
    }

    static String id(Received<Result> received) {
        return String.valueOf(((Result.Failed) received.event()).errorDetail());
    }

    static String id(byte[] value) {
        return String.valueOf(((Result.Failed) Wire.decode(Result.class, value)).errorDetail());
    }

    /// The group's next offset by partition.
    Map<Integer, Long> committed() throws ExecutionException, InterruptedException {
        var offsets = new HashMap<Integer, Long>();
        admin.listConsumerGroupOffsets(group())
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        offsets.put(partition.partition(), offset.offset());
                    }
                });
        return offsets;
    }

    long committedSum() throws ExecutionException, InterruptedException {
        return committed().values().stream().mapToLong(Long::longValue).sum();
    }

    /// Of the group, when it has agreed on who they are.
    int members() throws ExecutionException, InterruptedException {
        var described = admin.describeConsumerGroups(List.of(group())).all().get();
        var group = described.values().iterator().next();
        return group.groupState() == GroupState.STABLE ? group.members().size() : 0;
    }

    /// Returns when the loop is about to end and waits for something.
    static Thread closing(Running loop) {
        var closing = Thread.ofPlatform().start(loop::close);
        await().atMost(PATIENCE).until(() -> WAITING.contains(closing.getState()));
        return closing;
    }

    static Health health(Running loop) {
        return loop.checks().getFirst().read().get();
    }

    private Loops loops() {
        return new Loops(contract, clients, Clock.systemUTC(), registry);
    }

    private DeadLetters deadLetters() {
        return publishing.deadLetters();
    }

    private static Topic<Result> topic(String name) {
        var hour = Duration.ofHours(1);
        return new Topic<>(
                name,
                Result.class,
                "key",
                "is read by a test",
                new Retention.For(hour, hour),
                false,
                4 * 1024 * 1024,
                false,
                false);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        producer.close(Duration.ZERO);
        publishing.close();
    }
}
