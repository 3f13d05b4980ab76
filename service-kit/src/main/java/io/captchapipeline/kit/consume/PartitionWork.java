package io.captchapipeline.kit.consume;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The records of one partition while this instance owns it: a queue for each key that has any, and what is done.
///
/// Once stopped it starts nothing more and every pause ends; what runs then ends as it would have.
final class PartitionWork {

    /// So many offsets are kept behind one that does not get done.
    private static final int LONGEST_SPAN = 20_000;

    private final Map<@Nullable ByteBuffer, Deque<Item>> waiting = new HashMap<>();
    private final DonePrefix prefix = new DonePrefix();
    private final ConsumeLimits limits;
    private int records;
    private long bytes;
    private int running;
    private boolean stopped;

    PartitionWork(ConsumeLimits limits) {
        this.limits = limits;
    }

    /// Takes a record in. True when its key was idle: then the caller sees to it that somebody works on that key.
    synchronized boolean add(Item item) {
        prefix.read(item.offset());
        records++;
        bytes += item.bytes();
        var queue = waiting.get(item.key());
        if (queue != null) {
            queue.addLast(item);
            return false;
        }
        waiting.put(item.key(), new ArrayDeque<>());
        return true;
    }

    /// A try begins; false when there must not be one any more.
    synchronized boolean begin() {
        if (stopped) {
            return false;
        }
        running++;
        return true;
    }

    synchronized void end() {
        running--;
        notifyAll();
    }

    /// The record is done, and the next of its key is returned.
    synchronized @Nullable Item done(Item item) {
        prefix.done(item.offset());
        records--;
        bytes -= item.bytes();
        var queue = waiting.get(item.key());
        var next = queue == null ? null : queue.pollFirst();
        if (next == null) {
            waiting.remove(item.key());
        }
        return next;
    }

    /// Returns after this time, or when stopped.
    synchronized void pause(Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        long left = time.toMillis();
        while (!stopped && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /// Returns whether nothing runs, at the latest at this moment of [System#nanoTime].
    synchronized boolean awaitIdle(long deadline) throws InterruptedException {
        while (running > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized boolean isFull() {
        return records >= limits.recordsBuffered() || bytes >= limits.bytesBuffered() || prefix.span() >= LONGEST_SPAN;
    }

    synchronized boolean hasRoom() {
        return records <= limits.recordsBuffered() / 2
                && bytes <= limits.bytesBuffered() / 2
                && prefix.span() < LONGEST_SPAN;
    }

    /// Up to where everything is done.
    synchronized OptionalLong next() {
        return prefix.next();
    }
}
