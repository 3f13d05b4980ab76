package io.captchapipeline.client;

import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which outcome topics a queue reads, of those that exist: the plain ones, and those that routes have of their own. A
/// route's outcomes are on the plain ones unless it has its own, so these are always among them.
record QueueTopics(Set<Route> routes) {
    private static final List<Topic<?>> PLAIN = List.of(Topics.SOLVED, Topics.FAILED);

    Set<String> among(Set<String> existing) {
        var chosen = new LinkedHashSet<String>();
        PLAIN.forEach(topic -> chosen.add(topic.name()));
        existing.stream().filter(this::isOwn).sorted().forEach(chosen::add);
        chosen.retainAll(existing);
        return chosen;
    }

    private boolean isOwn(String name) {
        return PLAIN.stream()
                .anyMatch(topic -> routes.isEmpty()
                        ? name.startsWith(topic.name() + ".")
                        : routes.stream()
                                .anyMatch(route ->
                                        name.equals(topic.forRoute(route).name())));
    }
}
