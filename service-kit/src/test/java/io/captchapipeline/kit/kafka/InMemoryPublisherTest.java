package io.captchapipeline.kit.kafka;

import io.captchapipeline.kit.testing.InMemoryPublisher;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.topic.Topics;

class InMemoryPublisherTest extends PublisherConformance {

    private InMemoryPublisher<Result> publisher = new InMemoryPublisher<>(Topics.RESULTS, LIMITS);

    @Override
    Publisher<Result> publisher(PublisherLimits limits) {
        publisher = new InMemoryPublisher<>(Topics.RESULTS, limits);
        return publisher;
    }

    @Override
    void stall() {
        publisher.stall();
    }

    @Override
    void goAway() {
        publisher.goAway();
    }

    @Override
    void recover() {
        publisher.recover();
    }
}
