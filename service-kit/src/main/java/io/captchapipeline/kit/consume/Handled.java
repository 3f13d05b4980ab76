package io.captchapipeline.kit.consume;

import java.time.Duration;

/// What became of a record.
public sealed interface Handled {

    /// It has had its effect; its offset may pass.
    record Done() implements Handled {}

    /// It can never have an effect: to the dead letters with it.
    ///
    /// @param reason for people; repeats no value of the record
    record Dead(String reason) implements Handled {}

    /// Not now. Its key waits, other keys go on, and nobody is alarmed.
    record RetryAfter(Duration delay) implements Handled {}

    static Handled done() {
        return new Done();
    }

    static Handled dead(String reason) {
        return new Dead(reason);
    }

    static Handled retryAfter(Duration delay) {
        return new RetryAfter(delay);
    }
}
