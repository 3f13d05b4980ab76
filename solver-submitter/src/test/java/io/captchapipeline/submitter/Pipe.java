package io.captchapipeline.submitter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.KafkaCluster;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The topics of the pipeline on a real broker, as the submitter's neighbours see them.
record Pipe(KafkaCluster kafka) {
    static Pipe createdOn(KafkaCluster kafka) {
        Topics.all().forEach(topic -> kafka.createTopic(topic.name(), Topic.DEFAULT_PARTITIONS, topic.configs()));
        return new Pipe(kafka);
    }

    <E extends Event> void write(Topic<E> topic, List<E> events) {
        kafka.produce(events.stream()
                .map(event -> new ProducerRecord<>(
                        topic.name(), Objects.requireNonNull(event.key()).getBytes(UTF_8), Wire.encode(event)))
                .toList());
    }

    /// All that is committed there.
    <E extends Event> List<E> read(Topic<E> topic) {
        return kafka.readAll(topic.name()).stream()
                .map(found -> Wire.decode(topic, found.value()))
                .toList();
    }

    Map<String, String> settings(URI solver, Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "BIND_ADDRESS",
                "127.0.0.1",
                "MANAGEMENT_PORT",
                "0",
                "TOPIC_REPLICATION",
                "1",
                "CAPTCHAAI_URL",
                solver.toString(),
                "CAPTCHAAI_API_KEY",
                TestSolver.KEY,
                "CALLBACK_SECRET",
                "a secret of at least 16 characters"));
        settings.putAll(more);
        return settings;
    }
}
