package io.captchapipeline.schemas.topic;

import java.util.List;

/// What one service may read and write, and in a line what it makes of it.
public record ServiceContract(String name, String says, List<Topic<?>> reads, List<Topic<?>> writes) {
    public ServiceContract {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
    }

    /// Whether it may read this topic, or the topic this one is a route's twin of.
    public boolean mayRead(Topic<?> topic) {
        return mayRead(topic.name());
    }

    /// The same by name.
    public boolean mayRead(String topic) {
        return reads.stream().anyMatch(own -> covers(own, topic));
    }

    /// Whether it may write this topic, or the topic this one is a route's twin of.
    public boolean mayWrite(Topic<?> topic) {
        return mayWrite(topic.name());
    }

    /// The same by name.
    public boolean mayWrite(String topic) {
        return writes.stream().anyMatch(own -> covers(own, topic));
    }

    private static boolean covers(Topic<?> own, String topic) {
        return own.name().equals(topic) || (own.byRoute() && topic.startsWith(own.name() + "."));
    }
}
