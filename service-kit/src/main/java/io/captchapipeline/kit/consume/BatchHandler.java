package io.captchapipeline.kit.consume;

import java.util.Map;
import java.util.Set;

/// Stores records together with how far it has come, so that no crash loses or doubles one. It is called by one thread;
/// whatever it throws is an infrastructure failure: it is called again later with the same, and nothing is skipped. A
/// call has to end, one way or the other, within a minute.
public interface BatchHandler {

    /// Where to read on, by partition. One that is not in the answer is read from its oldest record.
    Map<Partition, Long> positions(Set<Partition> assigned) throws Exception;

    /// Stores the whole batch or nothing of it.
    Taken take(Batch batch) throws Exception;

    /// The topic no longer holds these records: it dropped them before they were read.
    default void missed(Partition partition, long from, long until) {}

    /// What became of a batch.
    enum Taken {
        /// It is stored, and so is how far that is.
        STORED,
        /// Nothing is stored: somebody else has moved on from where this batch begins. The positions are asked for
        /// anew.
        NOT_OWNER
    }
}
