package io.captchapipeline.kit.testing;

import io.captchapipeline.kit.ForbiddenTopic;
import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.ServiceContext;
import io.captchapipeline.kit.consume.BatchHandler;
import io.captchapipeline.kit.consume.Claim;
import io.captchapipeline.kit.consume.Claimant;
import io.captchapipeline.kit.consume.ConsumeLimits;
import io.captchapipeline.kit.consume.Following;
import io.captchapipeline.kit.consume.Handler;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.kit.kafka.KafkaReach;
import io.captchapipeline.kit.kafka.PublisherLimits;
import io.captchapipeline.kit.streams.RunningStreams;
import io.captchapipeline.kit.streams.StreamsPlan;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Drives the wiring of a service with topics in memory.
public final class InMemoryContext implements ServiceContext, AutoCloseable {

    private final Map<Topic<?>, InMemoryPublisher<?>> publishers = new ConcurrentHashMap<>();
    private final Map<Reading, InMemoryHandler<?>> handlers = new ConcurrentHashMap<>();
    private final Map<Reading, InMemoryClaimant<?>> claimants = new ConcurrentHashMap<>();
    private final Map<Topic<?>, InMemoryFollowing<?>> followings = new ConcurrentHashMap<>();
    private final List<StreamsPlan> plans = new ArrayList<>();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final ServiceContract contract;
    private final Clock clock;
    private volatile @Nullable BatchHandler batches;

    private volatile KafkaReach reach = new KafkaReach(true, Instant.EPOCH);

    private record Reading(Topic<?> topic, String role) {}

    public InMemoryContext(ServiceContract contract, Clock clock) {
        this.contract = contract;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <E extends Event> InMemoryPublisher<E> publisher(Topic<E> topic, PublisherLimits limits) {
        ForbiddenTopic.refuseWriting(contract, topic);
        return (InMemoryPublisher<E>) publishers.computeIfAbsent(topic, _ -> new InMemoryPublisher<>(topic, limits));
    }

    /// The topic as the service opened it.
    @SuppressWarnings("unchecked")
    public <E extends Event> InMemoryPublisher<E> opened(Topic<E> topic) {
        return (InMemoryPublisher<E>) Objects.requireNonNull(publishers.get(topic), () -> topic + " was not opened");
    }

    /// What the service wrote there.
    public <E extends Event> List<E> written(Topic<E> topic) {
        return opened(topic).events();
    }

    /// Runs nothing: a test drives the plan's topology by itself.
    @Override
    public RunningStreams stream(StreamsPlan plan) {
        plans.add(plan);
        return new RestingStreams();
    }

    /// What the service wanted to run on Streams.
    public List<StreamsPlan> plans() {
        return List.copyOf(plans);
    }

    @Override
    public <E extends Event> Running consume(Topic<E> topic, String role, Handler<E> handler, ConsumeLimits limits) {
        ForbiddenTopic.refuseReading(contract, topic);
        handlers.put(new Reading(topic, role), new InMemoryHandler<>(topic, handler, clock));
        return Running.all();
    }

    /// The handler that the service gave for a topic.
    @SuppressWarnings("unchecked")
    public <E extends Event> InMemoryHandler<E> handler(Topic<E> topic, String role) {
        return (InMemoryHandler<E>)
                Objects.requireNonNull(handlers.get(new Reading(topic, role)), () -> topic + " is not consumed");
    }

    @Override
    public <E extends Event> Running claim(Topic<E> topic, String role, Claimant<E> claimant) {
        ForbiddenTopic.refuseReading(contract, topic);
        claimants.put(new Reading(topic, role), new InMemoryClaimant<>(topic, claimant, clock, this::write));
        return Running.all();
    }

    /// The claimant that the service gave for a topic.
    @SuppressWarnings("unchecked")
    public <E extends Event> InMemoryClaimant<E> claimant(Topic<E> topic, String role) {
        return (InMemoryClaimant<E>)
                Objects.requireNonNull(claimants.get(new Reading(topic, role)), () -> topic + " is not claimed");
    }

    @Override
    public Running consumeBatches(List<? extends Topic<?>> topics, BatchHandler handler) {
        topics.forEach(topic -> ForbiddenTopic.refuseReading(contract, topic));
        batches = handler;
        return Running.all();
    }

    /// The handler that the service gave for its batches.
    public BatchHandler batches() {
        return Objects.requireNonNull(batches, "no batches are consumed");
    }

    /// Holds nothing yet; [#followed] hands it records.
    @Override
    public <E extends Event> Following follow(Topic<E> topic, Consumer<Received<E>> reader) {
        ForbiddenTopic.refuseReading(contract, topic);
        var following = new InMemoryFollowing<>(topic, reader, clock);
        followings.put(topic, following);
        return following;
    }

    /// The topic as the service follows it.
    @SuppressWarnings("unchecked")
    public <E extends Event> InMemoryFollowing<E> followed(Topic<E> topic) {
        return (InMemoryFollowing<E>) Objects.requireNonNull(followings.get(topic), () -> topic + " is not followed");
    }

    @Override
    public KafkaReach kafka() {
        return reach;
    }

    /// What the service is told of the brokers.
    public void reach(KafkaReach other) {
        reach = other;
    }

    private <E extends Event> void write(Claim.Mark<E> mark) {
        publisher(mark.topic(), PublisherLimits.DEFAULT).send(mark.event());
    }

    @Override
    public Vertx vertx() {
        return vertx;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public MeterRegistry metrics() {
        return metrics;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
