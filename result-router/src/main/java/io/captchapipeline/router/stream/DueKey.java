package io.captchapipeline.router.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.router.ledger.Entry;
import io.captchapipeline.router.ledger.LedgerKey;
import java.nio.ByteBuffer;
import java.time.Instant;

/// A row of the time index: whether somebody waits (`p`, or `s`), when the entry is due, and which entry that is. Rows
/// of
/// one kind are sorted by time.
///
/// @param key the entry's, as stored
record DueKey(boolean pending, long dueMs, String key) {

    private static final int PREFIX = 1 + Long.BYTES;
    private static final byte PENDING = 'p';
    private static final byte SETTLED = 's';

    static DueKey of(LedgerKey key, Entry entry) {
        return new DueKey(entry.pending(), roundedUp(entry.due()), key.toString());
    }

    static DueKey read(byte[] bytes) {
        return new DueKey(
                bytes[0] == PENDING,
                ByteBuffer.wrap(bytes, 1, Long.BYTES).getLong(),
                new String(bytes, PREFIX, bytes.length - PREFIX, UTF_8));
    }

    byte[] bytes() {
        var id = key.getBytes(UTF_8);
        return ByteBuffer.allocate(PREFIX + id.length)
                .put(pending ? PENDING : SETTLED)
                .putLong(dueMs)
                .put(id)
                .array();
    }

    /// Before all rows of this kind and time, and behind all earlier ones.
    static byte[] from(boolean pending, long dueMs) {
        return new DueKey(pending, dueMs, "").bytes();
    }

    /// An entry is not due before its time, not by a part of a millisecond either.
    private static long roundedUp(Instant due) {
        var ms = due.toEpochMilli();
        return Math.max(0, due.equals(Instant.ofEpochMilli(ms)) ? ms : ms + 1);
    }
}
