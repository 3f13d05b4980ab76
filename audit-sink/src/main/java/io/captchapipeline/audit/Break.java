package io.captchapipeline.audit;

import io.captchapipeline.kit.consume.Partition;
import java.util.Locale;

/// A place where the trail is not what was written.
///
/// @param offset of the row; of the first that may be missing, where rows are
record Break(Partition partition, long offset, Kind kind) {
    enum Kind {
        /// The row is there, and is not what was written.
        CHANGED,
        /// One or more rows are gone from here on.
        REMOVED,
        /// The row was not written by us.
        INSERTED,
        /// The rows from here to the end are gone.
        CUT_OFF,
        /// What stands for the pruned rows before here was not written by us: they were not pruned because of their
        /// age.
        ANCHOR,
        /// The rows are whole, and the position that says where they end is not.
        POSITION;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
