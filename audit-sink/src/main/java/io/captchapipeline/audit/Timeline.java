package io.captchapipeline.audit;

import java.util.Comparator;
import java.util.List;

/// What happened to a request, in order: by record time; among equals, attempt by attempt in the order of the flow.
final class Timeline {
    private static final int NOT_YET = 0;
    private static final int FIRST = 1;

    private final Comparator<Link> order;

    Timeline(TopicOrder topics) {
        order = Comparator.comparing((Link link) -> link.row().at())
                .thenComparingInt(link -> attempt(topics, link.row()))
                .thenComparingInt(link -> topics.placeOf(link.row().partition().topic()))
                .thenComparing(link -> link.row().partition())
                .thenComparingLong(Link::seq);
    }

    List<Link> ordered(List<Link> links) {
        return links.stream().sorted(order).toList();
    }

    /// A request comes before its attempts; what does not say its attempt belongs to the first.
    private static int attempt(TopicOrder topics, Row row) {
        var known = row.attempt();
        if (known != null) {
            return known;
        }
        return topics.isFirst(row.partition().topic()) ? NOT_YET : FIRST;
    }
}
