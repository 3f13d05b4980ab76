package io.captchapipeline.kit.consume;

import io.captchapipeline.kit.kafka.DeadLetters;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on the records of a key, one after the other, each until it is done.
///
/// @param room for tries at the same time; a key that pauses takes none
record KeyWork<E extends Event>(
        Topic<E> topic,
        Handler<E> handler,
        Semaphore room,
        DeadLetters letters,
        Burial burial,
        LoopHealth health,
        LoopMetrics metrics) {

    private static final Logger LOG = LoggerFactory.getLogger(KeyWork.class);

    /// What one try came to.
    private sealed interface Tried {

        record Through(@Nullable Item next) implements Tried {}

        record Again(Duration pause) implements Tried {}

        record Threw(Throwable thrown) implements Tried {}

        /// The partition is somebody else's by now, or the loop closes.
        record Stopped() implements Tried {}
    }

    void start(PartitionWork partition, Item first) {
        Thread.ofVirtual().name("key-work").start(() -> {
            try {
                work(partition, first);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void work(PartitionWork partition, Item first) throws InterruptedException {
        for (@Nullable Item item = first; item != null; ) {
            item = untilDone(partition, item);
        }
    }

    /// Returns what comes next, if anything does.
    private @Nullable Item untilDone(PartitionWork partition, Item item) throws InterruptedException {
        var failures = 0;
        try {
            while (true) {
                switch (tryWhenThereIsRoom(partition, item)) {
                    case Tried.Through through -> {
                        return through.next();
                    }
                    case Tried.Stopped _ -> {
                        return null;
                    }
                    case Tried.Again again -> {
                        metrics.retried("asked");
                        partition.pause(again.pause());
                    }
                    case Tried.Threw threw -> {
                        tell(item, threw.thrown(), ++failures);
                        partition.pause(BackOff.after(failures));
                    }
                }
            }
        } finally {
            if (failures > 0) {
                health.gotThrough();
            }
        }
    }

    private Tried tryWhenThereIsRoom(PartitionWork partition, Item item) throws InterruptedException {
        room.acquire();
        try {
            if (!partition.begin()) {
                return new Tried.Stopped();
            }
            metrics.began();
            try {
                return tryOnce(partition, item);
            } finally {
                metrics.ended();
                partition.end();
            }
        } finally {
            room.release();
        }
    }

    private Tried tryOnce(PartitionWork partition, Item item) {
        try {
            return switch (Reading.of(topic, item.kafka())) {
                case Reading.Understood<E> understood -> handle(partition, item, understood.received());
                case Reading.Unreadable<E> unreadable -> {
                    bury(item, unreadable.reason());
                    metrics.unreadable();
                    yield through(partition, item, "unreadable");
                }
            };
        } catch (Throwable e) {
            return new Tried.Threw(e);
        }
    }

    private Tried handle(PartitionWork partition, Item item, Received<E> received) throws Exception {
        return switch (handler.handle(received)) {
            case Handled.Done _ -> through(partition, item, "done");
            case Handled.RetryAfter retry -> new Tried.Again(retry.delay());
            case Handled.Dead dead -> {
                bury(item, dead.reason());
                yield through(partition, item, "dead");
            }
        };
    }

    private Tried through(PartitionWork partition, Item item, String result) {
        var next = partition.done(item);
        metrics.handled(result);
        return new Tried.Through(next);
    }

    /// Returns once the broker has the dead letter.
    private void bury(Item item, String reason) {
        if (burial.writes()) {
            letters.send(item.kafka(), burial.letter(item.kafka(), reason))
                    .toCompletableFuture()
                    .join();
        }
        burial.tell(item.kafka(), reason);
    }

    private void tell(Item item, Throwable thrown, int failures) {
        metrics.retried("threw");
        if (failures == 1) {
            health.retrying(thrown);
            LOG.atWarn()
                    .addKeyValue("origin", Reading.origin(item.kafka()))
                    .setCause(thrown)
                    .log("A record is retried until it gets through");
        }
    }
}
