package io.captchapipeline.client;

import io.captchapipeline.schemas.event.Route;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/// A group of workers and what it wants. Immutable: each method returns another one.
public final class QueueConfig {
    private final String group;
    private final Set<Route> routes;
    private final String start;
    private final Consumer<? super Answer.Solved> expired;

    private QueueConfig(String group, Set<Route> routes, String start, Consumer<? super Answer.Solved> expired) {
        this.group = group;
        this.routes = routes;
        this.start = start;
        this.expired = expired;
    }

    /// Every worker, in whichever process, that names this group shares in its work; every group gets all of it.
    public static QueueConfig group(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a group needs a name");
        }
        return new QueueConfig(name, Set.of(), "earliest", answer -> {});
    }

    /// Only outcomes of these routes; all outcomes unless said otherwise.
    public QueueConfig routes(String... names) {
        var wanted = new LinkedHashSet<>(routes);
        for (var name : names) {
            wanted.add(new Route(name));
        }
        return new QueueConfig(group, Set.copyOf(wanted), start, expired);
    }

    /// Where a new group begins: with what is not older than this. Unless said otherwise, with all that there is.
    public QueueConfig startingFrom(Duration ago) {
        return new QueueConfig(group, routes, "by_duration:" + ago, expired);
    }

    /// Told of every solution that came too late to be of use. It is not handed to a worker.
    public QueueConfig onExpired(Consumer<? super Answer.Solved> listener) {
        return new QueueConfig(group, routes, start, listener);
    }

    String group() {
        return group;
    }

    Set<Route> routes() {
        return routes;
    }

    /// In Kafka's words.
    String start() {
        return start;
    }

    Consumer<? super Answer.Solved> expired() {
        return expired;
    }
}
