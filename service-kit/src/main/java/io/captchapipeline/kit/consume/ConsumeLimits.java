package io.captchapipeline.kit.consume;

/// How much a consumer works on at a time, and how much it holds in memory.
///
/// @param keysInFlight handlers that run at the same time
/// @param recordsBuffered of one partition, read and not yet done
/// @param bytesBuffered the same in bytes
public record ConsumeLimits(int keysInFlight, int recordsBuffered, long bytesBuffered) {

    private static final long MIB = 1024 * 1024;

    public static final ConsumeLimits DEFAULT = new ConsumeLimits(64, 500, 8 * MIB);

    public ConsumeLimits {
        if (keysInFlight < 1 || recordsBuffered < 1 || bytesBuffered < 1) {
            throw new IllegalArgumentException("limits begin at 1");
        }
    }

    public ConsumeLimits inFlight(int keys) {
        return new ConsumeLimits(keys, recordsBuffered, bytesBuffered);
    }

    public ConsumeLimits buffering(int records) {
        return new ConsumeLimits(keysInFlight, records, bytesBuffered);
    }
}
