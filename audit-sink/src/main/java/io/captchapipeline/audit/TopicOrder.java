package io.captchapipeline.audit;

import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Envelope;
import java.util.List;
import java.util.Optional;

/// What the name of a topic tells: its place in the flow, and what lies on it. A route's twin is like the topic it is
/// the twin of, and a topic that no longer exists comes last.
final class TopicOrder {
    private static final String DEAD_LETTER = "io.captchapipeline.dead-letter";
    private static final String UNKNOWN = "io.captchapipeline.unknown";
    private static final List<Topic<?>> FLOW = Topics.all();

    /// The topic of this name, or whose twin has it.
    Optional<Topic<?>> find(String name) {
        return FLOW.stream()
                .filter(topic -> name.equals(topic.name()) || (topic.byRoute() && name.startsWith(topic.name() + ".")))
                .findFirst();
    }

    /// Of the topics in [Topics#all], counted from 0.
    int placeOf(String name) {
        return find(name).map(FLOW::indexOf).orElse(FLOW.size());
    }

    boolean isFirst(String name) {
        return placeOf(name) == 0;
    }

    boolean isOfDeadLetters(String name) {
        return name.equals(Topics.DEAD_LETTERS.name());
    }

    /// The type of a record that does not say its own.
    String typeOf(String name) {
        if (isOfDeadLetters(name)) {
            return DEAD_LETTER;
        }
        return find(name)
                .map(topic -> Envelope.typeOf(topic.type().asSubclass(Event.class)))
                .orElse(UNKNOWN);
    }
}
