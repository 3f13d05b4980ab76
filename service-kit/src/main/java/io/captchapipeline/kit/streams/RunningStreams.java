package io.captchapipeline.kit.streams;

import io.captchapipeline.kit.Running;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// A topology that runs, and what its stores hold.
public interface RunningStreams extends Running {

    /// The instance that holds a key, by Java's partitioner; empty while nobody is known to.
    ///
    /// @param keys makes the bytes that the key's records are partitioned by
    <K> Optional<KeyQueryMetadata> ownerOf(String store, K key, Serializer<K> keys);

    /// This instance's part of a store, for one partition.
    ///
    /// @throws InvalidStateStoreException when it is not here, or not restored yet
    <K, V> ReadOnlyKeyValueStore<K, V> store(String name, int partition);
}
