package io.captchapipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.KafkaCluster;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The topics that a client meets, as the pipeline creates them, and outcomes on them.
final class PipelineTopics {
    private static final int PARTITIONS = 3;

    private PipelineTopics() {}

    static void create(KafkaCluster kafka) {
        List.of(Topics.SUBMIT, Topics.SOLVED, Topics.FAILED, Topics.REPORTS).forEach(topic -> create(kafka, topic));
    }

    static void createFor(KafkaCluster kafka, String route) {
        create(kafka, Topics.SOLVED.forRoute(new Route(route)));
        create(kafka, Topics.FAILED.forRoute(new Route(route)));
    }

    static ProducerRecord<byte[], byte[]> record(String topic, Outcome outcome) {
        return new ProducerRecord<>(topic, outcome.key().getBytes(UTF_8), Wire.encode(outcome));
    }

    /// On the plain topic of its kind.
    static ProducerRecord<byte[], byte[]> record(Outcome outcome) {
        var topic = outcome instanceof Outcome.Solved ? Topics.SOLVED : Topics.FAILED;
        return record(topic.name(), outcome);
    }

    private static void create(KafkaCluster kafka, Topic<?> topic) {
        kafka.createTopic(topic.name(), PARTITIONS, topic.configs());
    }
}
