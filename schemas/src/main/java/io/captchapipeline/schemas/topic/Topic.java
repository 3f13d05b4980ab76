package io.captchapipeline.schemas.topic;

import io.captchapipeline.schemas.event.Route;
import java.util.LinkedHashMap;
import java.util.Map;

/// A topic and all that is fixed about it.
///
/// @param name as Kafka knows it
/// @param type what its records say; `byte[]` where they are passed on untouched
/// @param key what its records are keyed by, in the words of the wire
/// @param says one line for people
/// @param retention how long its records are kept
/// @param stampedByBroker whether a record's time is when the broker took it, not what its producer claims
/// @param maxBytes the largest record batch it takes
/// @param byRoute whether each configured route has a topic of its own beside it
/// @param audited whether the audit trail holds its records
/// @param single whether it has one partition, however many a deployment chooses for the others
public record Topic<E>(
        String name,
        Class<E> type,
        String key,
        String says,
        Retention retention,
        boolean stampedByBroker,
        int maxBytes,
        boolean byRoute,
        boolean audited,
        boolean single) {
    /// Of every topic, unless a deployment chooses another number once and for all.
    public static final int DEFAULT_PARTITIONS = 6;

    private static final int MIB = 1024 * 1024;
    static final int LARGE = 4 * MIB;
    static final int SUBMITTED_BY_SCRAPERS = 3 * MIB;

    /// One that has as many partitions as a deployment chooses.
    public Topic(
            String name,
            Class<E> type,
            String key,
            String says,
            Retention retention,
            boolean stampedByBroker,
            int maxBytes,
            boolean byRoute,
            boolean audited) {
        this(name, type, key, says, retention, stampedByBroker, maxBytes, byRoute, audited, false);
    }

    /// How many partitions it has where `chosen` are what a deployment chose.
    public int partitions(int chosen) {
        return single ? 1 : chosen;
    }

    /// This topic's twin for one route.
    public Topic<E> forRoute(Route route) {
        if (!byRoute) {
            throw new IllegalArgumentException(name + " has no topics by route");
        }
        return new Topic<>(
                name + "." + route.value(),
                type,
                key,
                says,
                retention,
                stampedByBroker,
                maxBytes,
                false,
                audited,
                single);
    }

    /// Kafka's own words for what is fixed here.
    public Map<String, String> configs() {
        var configs = new LinkedHashMap<String, String>();
        configs.put("max.message.bytes", Integer.toString(maxBytes));
        configs.put("message.timestamp.type", stampedByBroker ? "LogAppendTime" : "CreateTime");
        if (retention instanceof Retention.For kept) {
            configs.put("cleanup.policy", "delete");
            configs.put("retention.ms", Long.toString(kept.time().toMillis()));
            configs.put("segment.ms", Long.toString(kept.segment().toMillis()));
        } else {
            configs.put("cleanup.policy", "compact");
        }
        return configs;
    }

    @Override
    public String toString() {
        return name;
    }
}
