package io.captchapipeline.kit.consume;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was decided between two polls: all of it goes into one transaction.
final class Chosen {

    private static final Logger LOG = LoggerFactory.getLogger(Chosen.class);

    private final List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private final Deque<Claim.Take> taken = new ArrayDeque<>();
    private final List<Runnable> told = new ArrayList<>();

    void write(List<ProducerRecord<byte[], byte[]>> records) {
        written.addAll(records);
    }

    void take(Claim.Take take) {
        taken.addLast(take);
    }

    /// To be said once it is true.
    void tell(Runnable saying) {
        told.add(saying);
    }

    void pass(TopicPartition partition, long offset) {
        offsets.put(partition, new OffsetAndMetadata(offset + 1));
    }

    boolean isEmpty() {
        return offsets.isEmpty();
    }

    List<ProducerRecord<byte[], byte[]>> written() {
        return written;
    }

    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return offsets;
    }

    void committed(Works works) {
        for (var take = taken.pollFirst(); take != null; take = taken.pollFirst()) {
            works.start(take.work());
        }
        told.forEach(Runnable::run);
    }

    void dropped() {
        for (var take = taken.pollFirst(); take != null; take = taken.pollFirst()) {
            drop(take);
        }
    }

    static void drop(Claim.Take take) {
        try {
            take.dropped().run();
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("A claimant could not take back what it had chosen");
        }
    }
}
