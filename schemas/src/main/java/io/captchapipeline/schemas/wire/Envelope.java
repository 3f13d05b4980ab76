package io.captchapipeline.schemas.wire;

import io.captchapipeline.schemas.event.About;
import io.captchapipeline.schemas.event.Event;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What a record's headers say: CloudEvents 1.0 in binary mode, and the attributes a consumer filters by.
public record Envelope(String id, String source, String type, Instant time, About about) {
    public static final String TASK_ID = "task_id";
    public static final String REQUEST_ID = "request_id";
    public static final String STATUS = "status";
    public static final String ROUTE = "route";
    public static final String METHOD = "method";

    private static final List<String> HEADER_NAMES = List.of(
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type",
            "ce_time",
            "content-type",
            TASK_ID,
            REQUEST_ID,
            STATUS,
            ROUTE,
            METHOD);
    private static final String TYPE_PREFIX = "io.captchapipeline.";
    private static final String SPEC_VERSION = "1.0";
    private static final String CONTENT_TYPE = "application/json";
    private static final ClassValue<String> TYPES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> event) {
            var outer = event.getEnclosingClass();
            var name = outer == null ? event.getSimpleName() : outer.getSimpleName() + "." + event.getSimpleName();
            return TYPE_PREFIX + name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        }
    };

    /// The CloudEvents type of an event: its family and, where it has several members, its member.
    public static String typeOf(Event event) {
        return typeOf(event.getClass());
    }

    /// The same for a class of events.
    public static String typeOf(Class<? extends Event> event) {
        return TYPES.get(event);
    }

    /// In the order they are written; all values are text, to be sent as UTF-8.
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        eachHeader(headers::put);
        return headers;
    }

    /// The same, one after the other.
    public void eachHeader(BiConsumer<String, String> header) {
        header.accept("ce_specversion", SPEC_VERSION);
        header.accept("ce_id", id);
        header.accept("ce_source", source);
        header.accept("ce_type", type);
        header.accept("ce_time", time.toString());
        header.accept("content-type", CONTENT_TYPE);
        acceptIfKnown(header, TASK_ID, about.taskId());
        acceptIfKnown(header, REQUEST_ID, about.requestId());
        acceptIfKnown(header, STATUS, about.status());
        acceptIfKnown(header, ROUTE, about.route());
        acceptIfKnown(header, METHOD, about.method());
    }

    /// The names of all headers that a record can have.
    public static Collection<String> headerNames() {
        return HEADER_NAMES;
    }

    private static void acceptIfKnown(BiConsumer<String, String> header, String name, @Nullable Object value) {
        if (value != null) {
            header.accept(name, value.toString());
        }
    }
}
