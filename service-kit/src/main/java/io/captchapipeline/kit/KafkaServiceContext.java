package io.captchapipeline.kit;

import io.captchapipeline.kit.consume.BatchConsumer;
import io.captchapipeline.kit.consume.BatchHandler;
import io.captchapipeline.kit.consume.Claimant;
import io.captchapipeline.kit.consume.ConsumeLimits;
import io.captchapipeline.kit.consume.Follower;
import io.captchapipeline.kit.consume.Following;
import io.captchapipeline.kit.consume.Handler;
import io.captchapipeline.kit.consume.Loops;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.kit.kafka.DeadLetters;
import io.captchapipeline.kit.kafka.KafkaReach;
import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.kit.kafka.PublisherLimits;
import io.captchapipeline.kit.kafka.Publishing;
import io.captchapipeline.kit.streams.RunningStreams;
import io.captchapipeline.kit.streams.StreamsPlan;
import io.captchapipeline.kit.streams.StreamsService;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One service's part of the process. It is a part of what runs, too: started before the service, closed after it.
final class KafkaServiceContext implements ServiceContext, Running {

    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final Map<PublisherLimits, Publishing> publishing = new LinkedHashMap<>();
    private final ServiceContract contract;
    private final ServiceProcess process;
    private final Loops loops;

    KafkaServiceContext(ServiceContract contract, ServiceProcess process) {
        this.contract = contract;
        this.process = process;
        this.loops = new Loops(
                contract, process.kafka(), process.clock(), process.metrics().registry());
    }

    @Override
    public <E extends Event> Publisher<E> publisher(Topic<E> topic, PublisherLimits limits) {
        ForbiddenTopic.refuseWriting(contract, topic);
        return publishing.computeIfAbsent(limits, this::producer).to(topic);
    }

    @Override
    public <E extends Event> Running consume(Topic<E> topic, String role, Handler<E> handler, ConsumeLimits limits) {
        return loops.consume(topic, role, handler, limits, deadLetters());
    }

    @Override
    public <E extends Event> Running claim(Topic<E> topic, String role, Claimant<E> claimant) {
        return loops.claim(topic, role, claimant);
    }

    @Override
    public Running consumeBatches(List<? extends Topic<?>> topics, BatchHandler handler) {
        topics.forEach(topic -> ForbiddenTopic.refuseReading(contract, topic));
        return new BatchConsumer("captcha-" + contract.name(), process.kafka(), topics, handler, clock(), metrics());
    }

    @Override
    public RunningStreams stream(StreamsPlan plan) {
        return new StreamsService(contract, plan, process.streams(), process.kafka(), clock(), metrics());
    }

    @Override
    public <E extends Event> Following follow(Topic<E> topic, Consumer<Received<E>> reader) {
        ForbiddenTopic.refuseReading(contract, topic);
        return new Follower<>(contract.name(), topic, reader, process.kafka(), metrics());
    }

    @Override
    public KafkaReach kafka() {
        return process.kafkaCheck().reach();
    }

    @Override
    public Vertx vertx() {
        return process.vertx();
    }

    @Override
    public Clock clock() {
        return process.clock();
    }

    @Override
    public MeterRegistry metrics() {
        return process.metrics().registry();
    }

    @Override
    public void start() {
        publishing.values().forEach(producer -> producer.warmUp(WARM_UP));
    }

    @Override
    public void close() {
        publishing.values().forEach(Publishing::close);
        publishing.clear();
    }

    private DeadLetters deadLetters() {
        return loops.buries()
                ? publishing
                        .computeIfAbsent(PublisherLimits.DEFAULT, this::producer)
                        .deadLetters()
                : DeadLetters.NONE;
    }

    private Publishing producer(PublisherLimits limits) {
        var name = publishing.isEmpty() ? contract.name() : contract.name() + "-" + (publishing.size() + 1);
        return new Publishing(name, process.kafka(), limits, clock(), metrics());
    }
}
