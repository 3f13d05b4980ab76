package io.captchapipeline.router.stream;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// A store in memory, sorted as ours are, that counts how many rows are read from it.
final class CountingStore implements KeyValueStore<byte[], byte[]> {
    private final TreeMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
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
        if (value == null) {
            rows.remove(key);
        } else {
            rows.put(key, value);
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(byte[] key, byte[] value) {
        return rows.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<byte[], byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(byte[] key) {
        return rows.remove(key);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        read++;
        return rows.get(key);
    }

    @Override
    public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
        return new Rows(rows.subMap(from, true, to, true).entrySet().iterator());
    }

    @Override
    public KeyValueIterator<byte[], byte[]> all() {
        return new Rows(rows.entrySet().iterator());
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
        private final Iterator<Map.Entry<byte[], byte[]>> rest;
        private Map.@Nullable Entry<byte[], byte[]> peeked;

        private Rows(Iterator<Map.Entry<byte[], byte[]>> rest) {
            this.rest = rest;
        }

        @Override
        public boolean hasNext() {
            return peeked != null || rest.hasNext();
        }

        @Override
        public byte[] peekNextKey() {
            if (peeked == null) {
                peeked = rest.next();
                read++;
            }
            return Objects.requireNonNull(peeked).getKey();
        }

        @Override
        public KeyValue<byte[], byte[]> next() {
            peekNextKey();
            var row = Objects.requireNonNull(peeked);
            peeked = null;
            return KeyValue.pair(row.getKey(), row.getValue());
        }

        @Override
        public void close() {}
    }
}
