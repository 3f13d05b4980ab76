package io.captchapipeline.kit.streams;

import io.captchapipeline.kit.ForbiddenTopic;
import io.captchapipeline.schemas.topic.ServiceContract;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;

/// Holds a topology to the pipeline's map: it reads and writes what its service declares, and what is internal to it.
final class TopologyTopics {

    private TopologyTopics() {}

    /// @throws ForbiddenTopic for the first topic that is not the service's, or not known before the record is
    static void check(ServiceContract contract, String application, Topology topology) {
        var nodes = topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .toList();
        Predicate<String> internal = topic -> topic.startsWith(application + "-") || topic.endsWith("-repartition");
        nodes.stream()
                .flatMap(TopologyTopics::read)
                .filter(internal.negate())
                .forEach(topic -> ForbiddenTopic.refuseReading(contract, topic));
        nodes.stream()
                .flatMap(TopologyTopics::written)
                .filter(internal.negate())
                .forEach(topic -> ForbiddenTopic.refuseWriting(contract, topic));
    }

    private static Stream<String> read(TopologyDescription.Node node) {
        return node instanceof Source source
                ? Objects.requireNonNullElse(source.topicSet(), Set.<String>of()).stream()
                : Stream.of();
    }

    private static Stream<String> written(TopologyDescription.Node node) {
        return node instanceof Sink sink
                ? Stream.of(Objects.requireNonNullElse(sink.topic(), "a topic chosen record by record"))
                : Stream.of();
    }
}
