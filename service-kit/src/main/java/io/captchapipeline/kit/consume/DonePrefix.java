package io.captchapipeline.kit.consume;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/// Which offsets of a partition were read, and up to where all of them are done. Offsets are read in order, with gaps;
/// they are done in any order.
final class DonePrefix {

    private final Deque<Long> open = new ArrayDeque<>();
    private final Set<Long> doneAhead = new HashSet<>();
    private OptionalLong next = OptionalLong.empty();

    void read(long offset) {
        open.addLast(offset);
    }

    void done(long offset) {
        doneAhead.add(offset);
        while (!open.isEmpty() && doneAhead.remove(open.getFirst())) {
            next = OptionalLong.of(open.removeFirst() + 1);
        }
    }

    /// The offset behind the last record that has nothing undone before it, once there is one.
    OptionalLong next() {
        return next;
    }

    /// How many records lie between there and the last one read.
    int span() {
        return open.size();
    }
}
