package io.captchapipeline.kit;

import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.kit.kafka.PublisherLimits;
import io.captchapipeline.kit.streams.RunningStreams;
import io.captchapipeline.kit.streams.StreamsPlan;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;

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

    /// A topology on Kafka Streams, exactly once.
    ///
    /// @throws ForbiddenTopic when it touches a topic that the map does not give this service
    RunningStreams stream(StreamsPlan plan);

    /// Shared by the process.
    Vertx vertx();

    Clock clock();

    /// Names begin with `captcha_`; no label holds an id, an address or a token.
    MeterRegistry metrics();
}
