package io.captchapipeline.router.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.streams.RunningStreams;
import io.captchapipeline.router.ledger.Entry;
import io.captchapipeline.router.ledger.EntryCodec;
import io.captchapipeline.router.ledger.LedgerKey;
import io.captchapipeline.router.stream.RouterTopology;
import io.captchapipeline.router.view.OutcomeKeeper;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/// Stores of a topology that a test fills: one partition, held by whom the test says.
final class ShelvesInMemory implements RunningStreams {
    private final Map<String, byte[]> outcomes = new ConcurrentHashMap<>();
    private final Map<String, byte[]> entries = new ConcurrentHashMap<>();
    private volatile @Nullable HostInfo owner;
    private final AtomicLong looks = new AtomicLong();
    private volatile boolean restoring;

    ShelvesInMemory(HostInfo owner) {
        this.owner = owner;
    }

    void outcome(String id, String json) {
        outcomes.put(id, json.getBytes(UTF_8));
    }

    void entry(LedgerKey key, Entry entry) {
        entries.put(key.toString(), EntryCodec.encode(entry));
    }

    void ownedBy(@Nullable HostInfo other) {
        owner = other;
    }

    /// How often somebody asked who has an id.
    long looks() {
        return looks.get();
    }

    void restore() {
        restoring = true;
    }

    @Override
    public <K> Optional<KeyQueryMetadata> ownerOf(String store, K key, Serializer<K> keys) {
        looks.incrementAndGet();
        return Optional.ofNullable(owner).map(host -> new KeyQueryMetadata(host, Set.of(), 0));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> ReadOnlyKeyValueStore<K, V> store(String name, int partition) {
        if (restoring) {
            throw new InvalidStateStoreException("restoring");
        }
        return (ReadOnlyKeyValueStore<K, V>)
                switch (name) {
                    case OutcomeKeeper.OUTCOMES -> new Shelf(outcomes);
                    case RouterTopology.STORE -> new Shelf(entries);
                    default -> throw new InvalidStateStoreException(name);
                };
    }

    @Override
    public void start() {}

    @Override
    public void close() {}

    private record Shelf(Map<String, byte[]> content) implements ReadOnlyKeyValueStore<byte[], byte[]> {
        @Override
        public byte @Nullable [] get(byte[] key) {
            return content.get(new String(key, UTF_8));
        }

        @Override
        public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KeyValueIterator<byte[], byte[]> all() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long approximateNumEntries() {
            return content.size();
        }
    }
}
