package io.captchapipeline.kit.consume;

import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;

/// What a [Claimant] says of a record.
public sealed interface Claim {

    /// Now. The marks and the record's offset are committed in one transaction; once they are, the work runs on a
    /// virtual thread, and for this record never again.
    ///
    /// @param dropped runs in place of the work when it is not certain that the transaction was committed; on the
    ///     polling thread, so it must not block. It gives back what choosing took, such as a permit.
    record Take(List<Mark<?>> marks, Runnable work, Runnable dropped) implements Claim {

        public Take {
            marks = List.copyOf(marks);
        }

        public Take(List<Mark<?>> marks, Runnable work) {
            this(marks, work, () -> {});
        }
    }

    /// There is nothing to do for it but to write these marks.
    record Pass(List<Mark<?>> marks) implements Claim {

        public Pass {
            marks = List.copyOf(marks);
        }
    }

    /// Not now, and nothing behind it in its partition. It is asked for again after this time, or earlier when some
    /// work of the loop has ended.
    record Wait(Duration delay) implements Claim {}

    /// To the dead letters with it, in the same transaction.
    ///
    /// @param reason for people; repeats no value of the record
    record Dead(String reason) implements Claim {}

    /// An event that is written if and only if the record's offset is.
    record Mark<E extends Event>(Topic<E> topic, E event) {}

    static Claim pass() {
        return new Pass(List.of());
    }
}
