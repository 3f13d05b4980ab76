package io.captchapipeline.audit;

import io.captchapipeline.kit.consume.Batch;
import io.captchapipeline.kit.consume.BatchHandler;
import io.captchapipeline.kit.consume.Partition;
import io.captchapipeline.kit.consume.RawRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Batches become rows, in the chains of their partitions. It extends a chain from the head it remembers; when that is
/// not the head any more, it has lost the partition.
final class BatchSink implements BatchHandler {
    private static final Logger LOG = LoggerFactory.getLogger(BatchSink.class);

    private final Map<Partition, Head> heads = new HashMap<>();
    private final Map<Partition, Gap> missed = new HashMap<>();
    private final RecordReading reading;
    private final Trail trail;
    private final HeadKeeper keeper;
    private final AuditMetrics metrics;

    /// Offsets that a topic dropped before they were read.
    private record Gap(long from, long until) {}

    BatchSink(RecordReading reading, Trail trail, HeadKeeper keeper, AuditMetrics metrics) {
        this.reading = reading;
        this.trail = trail;
        this.keeper = keeper;
        this.metrics = metrics;
    }

    @Override
    public Map<Partition, Long> positions(Set<Partition> assigned) {
        var found = trail.heads(assigned);
        keeper.begin(found.values());
        heads.putAll(found);
        var positions = new TreeMap<Partition, Long>();
        found.forEach((partition, head) -> {
            if (head.nextOffset() > 0) {
                positions.put(partition, head.nextOffset());
            }
        });
        return positions;
    }

    @Override
    public Taken take(Batch batch) {
        var extensions = new ArrayList<Trail.Extension>();
        for (var part : batch.byPartition().entrySet()) {
            var head = heads.get(part.getKey());
            if (head == null || part.getValue().getFirst().offset() < head.nextOffset()) {
                return Taken.NOT_OWNER;
            }
            extensions.add(trail.extension(head, rows(part.getValue())));
        }
        if (!trail.append(extensions)) {
            return Taken.NOT_OWNER;
        }
        extensions.forEach(extension -> {
            heads.put(extension.from().partition(), extension.to());
            keeper.advanced(extension.from(), extension.to());
        });
        metrics.stored(batch.records().size());
        return Taken.STORED;
    }

    /// Each once, however often it is told: of a topic that holds nothing any more, it is whenever the partition is
    /// placed anew.
    @Override
    public void missed(Partition partition, long from, long until) {
        var before = missed.put(partition, new Gap(from, until));
        var told = before != null && before.from == from ? before.until : from;
        if (told >= until) {
            return;
        }
        metrics.missed(until - told);
        LOG.atError()
                .addKeyValue("partition", partition)
                .addKeyValue("from", from)
                .addKeyValue("until", until)
                .log(
                        "The topic dropped these offsets before they were read; the trail may lack records, if they were not"
                                + " the ends of transactions only");
    }

    /// On all cores: a row follows from its record alone.
    private List<Row> rows(List<RawRecord> records) {
        return records.parallelStream().map(reading::row).toList();
    }
}
