package io.captchapipeline.alerting.streams;

import io.captchapipeline.alerting.figures.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// A table in a store of Streams.
record KeyValueTable(KeyValueStore<String, byte[]> store) implements Table {
    @Override
    public byte @Nullable [] get(String key) {
        return store.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        store.put(key, value);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public List<Entry> first(String from, String to, int limit) {
        try (var found = store.range(from, to)) {
            return taken(found, to, limit);
        }
    }

    @Override
    public List<Entry> last(String from, String to, int limit) {
        try (var found = store.reverseRange(from, to)) {
            return taken(found, to, limit);
        }
    }

    /// The store's ranges include their end.
    private static List<Entry> taken(KeyValueIterator<String, byte[]> found, String to, int limit) {
        var entries = new ArrayList<Entry>();
        while (entries.size() < limit && found.hasNext()) {
            var next = found.next();
            if (!next.key.equals(to)) {
                entries.add(new Entry(next.key, next.value));
            }
        }
        return entries;
    }
}
