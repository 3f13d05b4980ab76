package io.captchapipeline.kit.kafka;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.EmbeddedBroker;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The suite against a real broker, behind a gate that can stall it.
class KafkaPublisherIT extends PublisherConformance {

    private static final Gate GATE = new Gate();

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaClients clients;

    private final List<Publishing> opened = new ArrayList<>();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerConfig.in(directory).advertisedOn(GATE.port()));
        GATE.leadTo(broker.port());
        clients = new KafkaClients(List.of(broker.bootstrapServers()), Map.of());
        try (var topics = new TopicAdmin(clients, 6, 1)) {
            topics.create(List.of(Topics.RESULTS));
        }
    }

    @AfterAll
    static void stopBroker() throws IOException {
        broker.close();
        GATE.close();
    }

    @AfterEach
    void closePublishers() {
        GATE.open();
        opened.forEach(Publishing::close);
    }

    @Override
    Publisher<Result> publisher(PublisherLimits limits) {
        var publishing = new Publishing("test", clients, limits, Clock.systemUTC(), new SimpleMeterRegistry());
        opened.add(publishing);
        var publisher = publishing.to(Topics.RESULTS);
        publishing.warmUp(Duration.ofSeconds(20));
        return publisher;
    }

    @Override
    void stall() {
        GATE.hold();
    }

    @Override
    void goAway() {
        GATE.goAway();
    }

    @Override
    void recover() {
        GATE.open();
    }
}
