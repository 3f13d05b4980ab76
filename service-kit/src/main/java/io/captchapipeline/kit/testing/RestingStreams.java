package io.captchapipeline.kit.testing;

import io.captchapipeline.kit.streams.RunningStreams;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// A topology that never runs: nobody owns a key.
final class RestingStreams implements RunningStreams {

    @Override
    public void start() {}

    @Override
    public void close() {}

    @Override
    public <K> Optional<KeyQueryMetadata> ownerOf(String store, K key, Serializer<K> keys) {
        return Optional.empty();
    }

    @Override
    public <K, V> ReadOnlyKeyValueStore<K, V> store(String name, int partition) {
        throw new StreamsNotStartedException("topologies do not run in memory");
    }
}
