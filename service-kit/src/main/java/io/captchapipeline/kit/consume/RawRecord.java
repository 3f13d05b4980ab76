package io.captchapipeline.kit.consume;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record as it lies on its topic, unread. It prints where it lies, never what it holds.
///
/// @param at the record's time
@SuppressWarnings("ArrayRecordComponent")
public record RawRecord(
        Partition partition,
        long offset,
        Instant at,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {

    public RawRecord {
        headers = List.copyOf(headers);
    }

    /// A name may stand several times.
    public record Header(String name, byte @Nullable [] value) {

        @Override
        public String toString() {
            return name;
        }
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
