package io.captchapipeline.kit.testing;

import io.captchapipeline.kit.ForbiddenTopic;
import io.captchapipeline.kit.ServiceContext;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Drives the wiring of a service with topics in memory.
public final class InMemoryContext implements ServiceContext, AutoCloseable {

    private final Map<Topic<?>, InMemoryPublisher<?>> publishers = new ConcurrentHashMap<>();
    private final List<StreamsPlan> plans = new ArrayList<>();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final ServiceContract contract;
    private final Clock clock;

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
