package io.captchapipeline.audit;

import io.captchapipeline.kit.consume.Partition;

/// Somebody else wrote where a partition's chain ends. Nothing is appended to it until that is put right.
final class PositionTrouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    PositionTrouble(Partition partition) {
        super("the position of " + partition.topic() + "-" + partition.number()
                + " in audit_positions is not what was written: verify the trail");
    }
}
