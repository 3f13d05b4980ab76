package io.captchapipeline.router.stream;

import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Where outcomes go: to the topics of their route where it has some, else to the plain ones; never to both.
public record Outlets(Set<Route> routes) {

    public Outlets {
        routes = Set.copyOf(routes);
    }

    Topic<Outcome> of(Outcome outcome) {
        var plain = outcome.status() == Status.SOLVED ? Topics.SOLVED : Topics.FAILED;
        var route = outcome.route();
        return route != null && routes.contains(route) ? plain.forRoute(route) : plain;
    }

    /// All of them.
    List<Topic<Outcome>> all() {
        var all = new ArrayList<>(List.of(Topics.SOLVED, Topics.FAILED));
        routes.stream()
                .sorted((one, other) -> one.value().compareTo(other.value()))
                .forEach(route -> {
                    all.add(Topics.SOLVED.forRoute(route));
                    all.add(Topics.FAILED.forRoute(route));
                });
        return List.copyOf(all);
    }
}
