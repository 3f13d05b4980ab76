package io.captchapipeline.router.stream;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// A store in memory, sorted as ours are, that counts how many rows are read from it. As in RocksDB, a row that is gone
/// lies there still and is passed, and a range ends only at a row that is there.
final class CountingStore implements KeyValueStore<byte[], byte[]> {
    private final TreeMap<byte[], Optional<byte[]>> rows = new TreeMap<>(Arrays::compareUnsigned);
    private final String name;
    private long read;

    CountingStore(String name) {
        this.name = name;
    }

    /// Rows that were read since this was asked last.
    long read() {
        var count = read;
        read = 0;
        return count;
    }

    @Override
    public void put(byte[] key, byte @Nullable [] value) {
        rows.put(key, Optional.ofNullable(value));
    }

    @Override
    public byte @Nullable [] putIfAbsent(byte[] key, byte[] value) {
        var before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<byte[], byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(byte[] key) {
        var before = get(key);
        put(key, null);
        return before;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        read++;
        return rows.getOrDefault(key, Optional.empty()).orElse(null);
    }

    @Override
    public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
        return new Rows(rows.tailMap(from, true).entrySet().iterator(), to);
    }

    @Override
    public KeyValueIterator<byte[], byte[]> all() {
        return new Rows(rows.entrySet().iterator(), null);
    }

    @Override
    public long approximateNumEntries() {
        return rows.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    private final class Rows implements KeyValueIterator<byte[], byte[]> {
        private final Iterator<Map.Entry<byte[], Optional<byte[]>>> rest;
        private final byte @Nullable [] to;
        private Map.@Nullable Entry<byte[], Optional<byte[]>> found;

        private Rows(Iterator<Map.Entry<byte[], Optional<byte[]>>> rest, byte @Nullable [] to) {
            this.rest = rest;
            this.to = to;
            seek();
        }

        @Override
        public boolean hasNext() {
            return found != null && (to == null || Arrays.compareUnsigned(found.getKey(), to) <= 0);
        }

        @Override
        public byte[] peekNextKey() {
            return Objects.requireNonNull(found).getKey();
        }

        @Override
        public KeyValue<byte[], byte[]> next() {
            var row = Objects.requireNonNull(found);
            seek();
            return KeyValue.pair(row.getKey(), row.getValue().orElseThrow());
        }

        private void seek() {
            do {
                found = rest.hasNext() ? rest.next() : null;
                read++;
            } while (found != null && found.getValue().isEmpty());
        }

        @Override
        public void close() {}
    }
}
