package io.captchapipeline.kit.consume;

/// What of a topic this instance owns; a limit of the whole group is split by it.
public record Share(int owned, int partitions) {

    public Share {
        if (partitions < 1 || owned < 0 || owned > partitions) {
            throw new IllegalArgumentException(owned + " of " + partitions + " partitions");
        }
    }

    public double of(double total) {
        return total * owned / partitions;
    }

    /// At least 1 while there is anything to do: a share that rounds to nothing would wait for ever.
    public int of(int total) {
        return owned == 0 ? 0 : Math.max(1, (int) ((long) total * owned / partitions));
    }
}
