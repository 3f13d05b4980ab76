package io.captchapipeline.router.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which partitions here still read what came while nobody read. What they move elsewhere is older than it looks from
/// there, so no partition's time goes on meanwhile.
public final class Backlog {

    private static final Duration RECENT = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Map<Integer, Progress> partitions = new ConcurrentHashMap<>();

    /// @param record when the broker took the record that was read last
    private record Progress(Instant record, Instant read) {
        boolean isBehind(Instant now) {
            return record.plus(RECENT).isBefore(now) && !read.plus(IDLE).isBefore(now);
        }
    }

    /// A partition is taken to be behind until it was seen to have nothing to read.
    void begin(int partition, Instant now) {
        partitions.put(partition, new Progress(Instant.EPOCH, now));
    }

    void read(int partition, Instant record, Instant now) {
        partitions.put(partition, new Progress(record, now));
    }

    void end(int partition) {
        partitions.remove(partition);
    }

    boolean isThere(Instant now) {
        return partitions.values().stream().anyMatch(progress -> progress.isBehind(now));
    }
}
