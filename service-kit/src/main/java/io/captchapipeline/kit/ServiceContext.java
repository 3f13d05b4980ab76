package io.captchapipeline.kit;

import io.captchapipeline.kit.consume.BatchHandler;
import io.captchapipeline.kit.consume.Claimant;
import io.captchapipeline.kit.consume.ConsumeLimits;
import io.captchapipeline.kit.consume.Handler;
import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.kit.kafka.PublisherLimits;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;

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

    /// Shared by the process.
    Vertx vertx();

    Clock clock();

    /// Names begin with `captcha_`; no label holds an id, an address or a token.
    MeterRegistry metrics();
}
