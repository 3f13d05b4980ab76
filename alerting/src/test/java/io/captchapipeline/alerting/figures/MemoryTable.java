package io.captchapipeline.alerting.figures;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A table in memory.
public final class MemoryTable implements Table {
    private final NavigableMap<String, byte[]> values = new TreeMap<>();
    private int read;

    @Override
    public byte @Nullable [] get(String key) {
        return values.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        values.put(key, value);
    }

    @Override
    public void delete(String key) {
        values.remove(key);
    }

    @Override
    public List<Entry> first(String from, String to, int limit) {
        return entries(values.subMap(from, true, to, false), limit);
    }

    @Override
    public List<Entry> last(String from, String to, int limit) {
        return entries(values.subMap(from, true, to, false).descendingMap(), limit);
    }

    public int size() {
        return values.size();
    }

    /// How many entries were found by ranges so far.
    public int read() {
        return read;
    }

    private List<Entry> entries(NavigableMap<String, byte[]> part, int limit) {
        var entries = part.entrySet().stream()
                .limit(limit)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
        read += entries.size();
        return entries;
    }
}
