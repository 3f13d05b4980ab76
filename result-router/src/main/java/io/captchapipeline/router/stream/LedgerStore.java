package io.captchapipeline.router.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.router.ledger.Entry;
import io.captchapipeline.router.ledger.EntryCodec;
import io.captchapipeline.router.ledger.LedgerKey;
import io.captchapipeline.schemas.event.Params;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// What the ledger remembers in one partition: entries, the params of requests that wait, and the time index. All are
/// rows of one store, told apart by how their keys begin, so that a transaction writes to one changelog.
final class LedgerStore {

    static final String NAME = "ledger";

    /// Keys of entries begin with `r:` and `t:`, rows of the time index as [DueKey] says.
    static final String PARAMS = "q:";

    private final KeyValueStore<byte[], byte[]> store;
    private final Pending.OfPartition pending;
    /// Nothing is due before this. Rows that are gone lie in the store for a while; they are passed once, not at every
    /// look.
    private final long[] nothingBefore = {0, 0};

    LedgerStore(ProcessorContext<?, ?> context, Pending pending) {
        this.store = context.getStateStore(NAME);
        this.pending = pending.of(context.taskId().partition());
        countPending();
    }

    @Nullable
    Entry find(LedgerKey key) {
        return decoded(store.get(key.toString().getBytes(UTF_8)));
    }

    /// Replaces what is remembered under a key, and its place in the time index.
    void put(LedgerKey key, @Nullable Entry before, @Nullable Entry after, long nowMs) {
        store.put(key.toString().getBytes(UTF_8), after == null ? null : EntryCodec.encode(after));
        var row = before == null ? null : DueKey.of(key, before);
        var next = after == null ? null : DueKey.of(key, after);
        if (row != null && row.equals(next)) {
            return;
        }
        var since = row == null ? nowMs : remove(row, nowMs);
        if (next != null) {
            add(next, next.pending() == (row != null && row.pending()) ? since : nowMs);
        }
    }

    /// Rows that are due at this time, those that somebody waits for first; so many at the most.
    List<DueKey> due(long nowMs, int most) {
        var rows = new ArrayList<DueKey>();
        collect(rows, true, nowMs, most);
        collect(rows, false, nowMs, most);
        return rows;
    }

    /// The entry that is due by this row. A row without one is a mistake that mends itself.
    Optional<Due> entryOf(DueKey row) {
        var key = keyOf(row.key());
        var entry = find(key);
        if (entry == null || !DueKey.of(key, entry).equals(row)) {
            store.delete(row.bytes());
            return Optional.empty();
        }
        return Optional.of(new Due(key, entry));
    }

    record Due(LedgerKey key, Entry entry) {}

    void keepParams(LedgerKey key, Params kept) {
        store.put(paramsOf(key), ParamsCodec.encode(kept));
    }

    /// Without a look at what they were, which a delete is.
    void forgetParams(LedgerKey key) {
        store.put(paramsOf(key), null);
    }

    Optional<Params> params(LedgerKey key) {
        return Optional.ofNullable(store.get(paramsOf(key))).map(ParamsCodec::decode);
    }

    void close() {
        pending.close();
    }

    private void collect(List<DueKey> rows, boolean waited, long nowMs, int most) {
        var kind = waited ? 0 : 1;
        if (nothingBefore[kind] > nowMs) {
            return;
        }
        try (var range = store.range(DueKey.from(waited, nothingBefore[kind]), DueKey.from(waited, Long.MAX_VALUE))) {
            nothingBefore[kind] = nextDue(range);
            while (nextDue(range) <= nowMs && rows.size() < most) {
                rows.add(DueKey.read(range.next().key));
            }
        }
    }

    private static long nextDue(KeyValueIterator<byte[], byte[]> range) {
        return range.hasNext() ? DueKey.read(range.peekNextKey()).dueMs() : Long.MAX_VALUE;
    }

    private void add(DueKey row, long since) {
        store.put(row.bytes(), ByteBuffer.allocate(Long.BYTES).putLong(since).array());
        var kind = row.pending() ? 0 : 1;
        nothingBefore[kind] = Math.min(nothingBefore[kind], row.dueMs());
        if (row.pending()) {
            pending.add(since);
        }
    }

    /// Since when somebody waits for it.
    private long remove(DueKey row, long nowMs) {
        var value = store.delete(row.bytes());
        var since = value == null ? nowMs : ByteBuffer.wrap(value).getLong();
        if (row.pending() && value != null) {
            pending.remove(since);
        }
        return since;
    }

    private void countPending() {
        try (var range = store.range(DueKey.from(true, 0), DueKey.from(true, Long.MAX_VALUE))) {
            range.forEachRemaining(row -> pending.add(ByteBuffer.wrap(row.value).getLong()));
        }
    }

    private static byte[] paramsOf(LedgerKey key) {
        return (PARAMS + key).getBytes(UTF_8);
    }

    private static LedgerKey keyOf(String text) {
        for (var kind : LedgerKey.Kind.values()) {
            var key = new LedgerKey(kind, text.substring(2));
            if (key.toString().equals(text)) {
                return key;
            }
        }
        throw new IllegalStateException("a row of the time index names no entry");
    }

    private static @Nullable Entry decoded(byte @Nullable [] bytes) {
        return bytes == null ? null : EntryCodec.decode(bytes);
    }
}
