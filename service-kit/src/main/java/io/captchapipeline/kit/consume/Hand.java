package io.captchapipeline.kit.consume;

import io.captchapipeline.schemas.event.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// The records of one partition that were delivered and not decided on yet, in order.
final class Hand<E extends Event> {

    private final Deque<Held<E>> held = new ArrayDeque<>();
    private long askAgain = System.nanoTime();
    private boolean endedWorkHelps;
    private int failures;

    /// @param kafka as it came, for the case that it is dead
    record Held<E extends Event>(ConsumerRecord<byte[], byte[]> kafka, Reading<E> reading) {

        long offset() {
            return kafka.offset();
        }
    }

    void add(Held<E> one) {
        held.addLast(one);
    }

    @Nullable
    Held<E> first() {
        return held.peekFirst();
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    void decided() {
        held.removeFirst();
        failures = 0;
    }

    /// Nothing is asked for until then, or until some work has ended.
    void waitFor(Duration delay, long now) {
        askAgain = now + delay.toNanos();
        endedWorkHelps = true;
        failures = 0;
    }

    /// The claimant could not say. Returns how often in a row.
    int failed(long now) {
        askAgain = now + BackOff.after(++failures).toNanos();
        endedWorkHelps = false;
        return failures;
    }

    boolean hasFailed() {
        return failures > 0;
    }

    /// @param workEnded some work has ended since this was asked last
    boolean isDue(long now, boolean workEnded) {
        return !held.isEmpty() && (now - askAgain >= 0 || (workEnded && endedWorkHelps));
    }

    long nanosUntilDue(long now) {
        return Math.max(0, askAgain - now);
    }
}
