package io.captchapipeline.kit;

import io.captchapipeline.kit.consume.BatchHandler;
import io.captchapipeline.kit.consume.Claimant;
import io.captchapipeline.kit.consume.ConsumeLimits;
import io.captchapipeline.kit.consume.Following;
import io.captchapipeline.kit.consume.Handler;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.kit.kafka.KafkaReach;
import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.kit.kafka.PublisherLimits;
import io.captchapipeline.kit.streams.RunningStreams;
import io.captchapipeline.kit.streams.StreamsPlan;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/// What the wiring of a service may use. Topics are given out by the pipeline's map.
public interface ServiceContext {

    /// @throws ForbiddenTopic when the map does not let this service write it
    default <E extends Event> Publisher<E> publisher(Topic<E> topic) {
        return publisher(topic, PublisherLimits.DEFAULT);
    }

    /// Publishers with the same limits share one producer.
    ///
    /// @throws ForbiddenTopic when the map does not let this service write it
    <E extends Event> Publisher<E> publisher(Topic<E> topic, PublisherLimits limits);

    /// Handles each record of a topic, those of one key in their order.
    ///
    /// @param role what this service reads the topic for, as the end of its group's name; empty where there is one
    /// @throws ForbiddenTopic when the map does not let this service read it
    default <E extends Event> Running consume(Topic<E> topic, String role, Handler<E> handler) {
        return consume(topic, role, handler, ConsumeLimits.DEFAULT);
    }

    /// @throws ForbiddenTopic when the map does not let this service read it
    <E extends Event> Running consume(Topic<E> topic, String role, Handler<E> handler, ConsumeLimits limits);

    /// Works on records of a topic at most once each, when there is room for them.
    ///
    /// @param role what this service reads the topic for, as the end of its group's name; empty where there is one
    /// @throws ForbiddenTopic when the map does not let this service read it
    <E extends Event> Running claim(Topic<E> topic, String role, Claimant<E> claimant);

    /// Reads topics in batches for a handler that keeps the offsets itself.
    ///
    /// @throws ForbiddenTopic when the map does not let this service read one of them
    Running consumeBatches(List<? extends Topic<?>> topics, BatchHandler handler);

    /// A topology on Kafka Streams, exactly once.
    ///
    /// @throws ForbiddenTopic when it touches a topic that the map does not give this service
    RunningStreams stream(StreamsPlan plan);

    /// Reads all of a topic, from its beginning and on, for every instance by itself: no group, nothing committed.
    ///
    /// @param reader called on one thread, in the order of each partition; what it throws is logged and passed over
    /// @throws ForbiddenTopic when the map does not let this service read it
    <E extends Event> Following follow(Topic<E> topic, Consumer<Received<E>> reader);

    /// Whether the brokers answer.
    KafkaReach kafka();

    /// Shared by the process.
    Vertx vertx();

    Clock clock();

    /// Names begin with `captcha_`; no label holds an id, an address or a token.
    MeterRegistry metrics();
}
