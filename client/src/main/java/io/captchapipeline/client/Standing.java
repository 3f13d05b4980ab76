package io.captchapipeline.client;

import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/// Where a consumer stands on the outcome topics: at the end of each, as it was before anything was asked, so that no
/// answer is missed and nothing older is read. Not for several threads at once.
final class Standing {
    private final Consumer<byte[], byte[]> consumer;
    private final Duration patience;
    private final Set<Route> routes = new HashSet<>();
    private final Set<String> absent = new LinkedHashSet<>();

    Standing(Consumer<byte[], byte[]> consumer, Duration patience) {
        this.consumer = consumer;
        this.patience = patience;
    }

    /// At the end of the topics of all routes that have none of their own.
    ///
    /// @return those of them that do not exist
    List<String> begin() {
        standAtEndOf(List.of(Topics.SOLVED.name(), Topics.FAILED.name()));
        return List.copyOf(absent);
    }

    /// At the end of a route's own topics too, if it has them.
    void include(Route route) {
        if (!routes.contains(route)) {
            standAtEndOf(ownTopics(route).stream().map(Topic::name).toList());
            routes.add(route);
        }
    }

    /// At the beginning of topics that were looked for in vain and are there now: all of it was written since.
    void includeNew() {
        for (var name : List.copyOf(absent)) {
            var partitions = partitions(name);
            if (!partitions.isEmpty()) {
                assign(partitions);
                consumer.seekToBeginning(partitions);
                absent.remove(name);
            }
        }
    }

    static List<Topic<Outcome>> ownTopics(Route route) {
        return List.of(Topics.SOLVED.forRoute(route), Topics.FAILED.forRoute(route));
    }

    /// All of them, or none: a place whose offset was never learnt would be looked up too late.
    private void standAtEndOf(List<String> names) {
        var before = Set.copyOf(consumer.assignment());
        try {
            for (var name : names) {
                standAtEndOf(name);
            }
        } catch (RuntimeException e) {
            consumer.assign(before);
            throw e;
        }
    }

    private void standAtEndOf(String name) {
        var partitions = partitions(name);
        if (partitions.isEmpty()) {
            absent.add(name);
            return;
        }
        assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(partition -> consumer.position(partition, patience));
    }

    private void assign(Collection<TopicPartition> more) {
        var all = new ArrayList<>(consumer.assignment());
        more.stream().filter(partition -> !all.contains(partition)).forEach(all::add);
        consumer.assign(all);
    }

    private List<TopicPartition> partitions(String name) {
        return consumer.partitionsFor(name, patience).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }
}
