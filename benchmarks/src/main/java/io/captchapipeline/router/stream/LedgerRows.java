package io.captchapipeline.router.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.router.ledger.Answer;
import io.captchapipeline.router.ledger.Entry;
import io.captchapipeline.router.ledger.EntryCodec;
import io.captchapipeline.router.ledger.LedgerKey;
import io.captchapipeline.router.ledger.Settled;
import io.captchapipeline.router.ledger.TaskEntry.Alias;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.TaskId;
import java.nio.ByteBuffer;
import java.time.Instant;

/// What an answered request leaves in the ledger's store until it is forgotten: its settled entry, the alias of its
/// task, and the place of each in the time index. In the package of what it knows, which nobody else needs to see.
public final class LedgerRows {
    /// Of this store.
    public static final String STORE = LedgerStore.NAME;

    /// Entries that one answered request leaves.
    public static final int ENTRIES = 2;

    private LedgerRows() {}

    /// Takes a row of the store.
    public interface Sink {
        /// @param id that the row's partition comes from
        void row(String id, byte[] key, byte[] value);
    }

    /// @param number what its digests are made of
    /// @param until when it is forgotten
    public static void answered(
            RequestId requestId, TaskId taskId, long number, Instant now, Instant until, Sink sink) {
        write(
                LedgerKey.of(requestId),
                new Settled(until, mixed(number), new Answer(1, (int) mixed(number))),
                now,
                sink);
        write(LedgerKey.of(taskId), new Alias(requestId, until), now, sink);
    }

    private static void write(LedgerKey key, Entry entry, Instant now, Sink sink) {
        sink.row(key.id(), key.toString().getBytes(UTF_8), EntryCodec.encode(entry));
        sink.row(
                key.id(),
                DueKey.of(key, entry).bytes(),
                ByteBuffer.allocate(Long.BYTES).putLong(now.toEpochMilli()).array());
    }

    /// Digests are as good as random, and so cannot be compressed.
    private static long mixed(long number) {
        long bits = (number + 1) * 0x9E3779B97F4A7C15L;
        return (bits ^ (bits >>> 32)) * 0xBF58476D1CE4E5B9L;
    }
}
