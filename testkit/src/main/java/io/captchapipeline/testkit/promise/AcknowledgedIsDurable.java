package io.captchapipeline.testkit.promise;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Everything that was acknowledged is on the topic.
public final class AcknowledgedIsDurable implements Promise {
    private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
    private final Set<String> found = new ConcurrentSkipListSet<>();

    /// Somebody was told that this is safe.
    public void acknowledged(String id) {
        acknowledged.add(id);
    }

    /// This is what the topic has.
    public void found(
            Iterable<ConsumerRecord<byte[], byte[]>> records, Function<ConsumerRecord<byte[], byte[]>, String> id) {
        records.forEach(record -> found(id.apply(record)));
    }

    public void found(String id) {
        found.add(id);
    }

    @Override
    public String name() {
        return "acknowledged is durable";
    }

    @Override
    public List<String> broken() {
        if (acknowledged.isEmpty()) {
            return List.of("nothing was acknowledged");
        }
        return acknowledged.stream()
                .filter(id -> !found.contains(id))
                .map(id -> id + ": acknowledged, and not on the topic")
                .toList();
    }
}
