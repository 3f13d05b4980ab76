package io.captchapipeline.schemas;

import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Envelope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The sealed families, walked down to the records that travel.
final class EventTypes {
    private EventTypes() {}

    static List<Class<? extends Event>> all() {
        return recordsOf(Event.class).toList();
    }

    static Stream<Class<? extends Event>> recordsOf(Class<? extends Event> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses())
                        .flatMap(member -> recordsOf(member.asSubclass(Event.class)))
                : Stream.of(family);
    }

    /// As golden files and schemas name it: the last part of its CloudEvents type.
    static String nameOf(Class<? extends Event> event) {
        var type = Envelope.typeOf(event);
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /// Those of events, that is all but the dead letters.
    static List<Topic<? extends Event>> topics() {
        return Topics.all().stream().flatMap(EventTypes::ofEvents).toList();
    }

    static Topic<? extends Event> topic(String name) {
        return topics().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no topic of events: " + name));
    }

    @SuppressWarnings("unchecked")
    private static Stream<Topic<? extends Event>> ofEvents(Topic<?> topic) {
        return Event.class.isAssignableFrom(topic.type()) ? Stream.of((Topic<? extends Event>) topic) : Stream.empty();
    }
}
