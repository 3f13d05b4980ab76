package io.captchapipeline.router.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.streams.RunningStreams;
import io.captchapipeline.router.ledger.EntryCodec;
import io.captchapipeline.router.ledger.LedgerKey;
import io.captchapipeline.router.ledger.TaskEntry;
import io.captchapipeline.router.stream.RouterTopology;
import io.captchapipeline.router.view.OutcomeKeeper;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.TaskId;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/// The stores of all instances, as seen from this one: which of them has an id, and what is on the shelves here.
/// Reading may block for a moment.
public record Shelves(RunningStreams ledger, RunningStreams view, HostInfo self) {

    private static final String VIEW = OutcomeKeeper.OUTCOMES;
    private static final String LEDGER = RouterTopology.STORE;

    /// Where something is.
    sealed interface Place {
        record Here(int partition) implements Place {}

        record There(HostInfo host) implements Place {}

        /// With nobody, or nobody yet.
        record Nowhere() implements Place {}
    }

    /// What the ledger makes of an id. It never tells an outcome: it may see one that is not committed.
    sealed interface Heard {
        /// A request, or a task, that has its outcome or will have one.
        record Known() implements Heard {}

        /// A task of this request.
        record AliasOf(String requestId) implements Heard {}

        record Nothing() implements Heard {}
    }

    Place view(String id) {
        return place(view, VIEW, id);
    }

    Place ledger(String id) {
        return place(ledger, LEDGER, id);
    }

    /// @throws InvalidStateStoreException when it cannot be said now
    Optional<byte[]> outcome(String id, int partition) {
        return Optional.ofNullable(view.<byte[], byte[]>store(VIEW, partition).get(id.getBytes(UTF_8)));
    }

    /// @throws InvalidStateStoreException when it cannot be said now
    Heard heard(String id, int partition) {
        ReadOnlyKeyValueStore<byte[], byte[]> entries = ledger.store(LEDGER, partition);
        if (entry(entries, LedgerKey.of(new RequestId(id))) != null) {
            return new Heard.Known();
        }
        var task = entry(entries, LedgerKey.of(new TaskId(id)));
        if (task == null) {
            return new Heard.Nothing();
        }
        return EntryCodec.decode(task) instanceof TaskEntry.Alias alias
                ? new Heard.AliasOf(alias.requestId().value())
                : new Heard.Known();
    }

    private static byte @Nullable [] entry(ReadOnlyKeyValueStore<byte[], byte[]> entries, LedgerKey key) {
        return entries.get(key.toString().getBytes(UTF_8));
    }

    private Place place(RunningStreams streams, String store, String id) {
        return streams.ownerOf(store, id, new StringSerializer())
                .<Place>map(owner -> owner.activeHost().equals(self)
                        ? new Place.Here(owner.partition())
                        : owner.activeHost().equals(HostInfo.unavailable())
                                ? new Place.Nowhere()
                                : new Place.There(owner.activeHost()))
                .orElseGet(Place.Nowhere::new);
    }
}
