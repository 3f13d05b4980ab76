package io.captchapipeline.kit.consume;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Records of one or several partitions, those of each in their order.
public record Batch(List<RawRecord> records) {

    public Batch {
        records = List.copyOf(records);
    }

    /// In the order of their partitions, so that two who lock them never wait for each other.
    public Map<Partition, List<RawRecord>> byPartition() {
        var parts = new TreeMap<Partition, List<RawRecord>>();
        records.forEach(record -> parts.computeIfAbsent(record.partition(), _ -> new ArrayList<>())
                .add(record));
        return parts;
    }

    public Set<Partition> partitions() {
        return byPartition().keySet();
    }

    @Override
    public String toString() {
        return records.size() + " records of " + partitions();
    }
}
