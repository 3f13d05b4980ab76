package io.captchapipeline.kit.consume;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/// The one thread of a [BatchConsumer]. It holds one batch at the most; while that cannot be stored it keeps polling
/// paused partitions, so that it stays in its group and reads nothing more.
final class BatchLoop implements Runnable, ConsumerRebalanceListener {

    private static final Duration LONGEST_POLL = Duration.ofMillis(500);
    private static final Duration BETWEEN_LOOKS_AT_LAG = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final Consumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final BatchHandler handler;
    private final BatchWatch watch;
    /// Owned, but it is not known where to read on.
    private final Set<Partition> unplaced = new TreeSet<>();
    private @Nullable Batch inHand;
    private long nextTry = System.nanoTime();
    private long nextLook = System.nanoTime();
    private volatile boolean running = true;
    private final CountDownLatch stopped = new CountDownLatch(1);

    BatchLoop(Consumer<byte[], byte[]> consumer, List<String> topics, BatchHandler handler, BatchWatch watch) {
        this.consumer = consumer;
        this.topics = topics;
        this.handler = handler;
        this.watch = watch;
    }

    void stop() {
        running = false;
        stopped.countDown();
        consumer.wakeup();
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(topics, this);
            while (running) {
                step();
            }
        } finally {
            consumer.close(CloseOptions.timeout(GOODBYE));
        }
    }

    private void step() {
        try {
            if (isDue()) {
                place();
                store();
            }
            take(consumer.poll(untilNextTry()));
            lookAtLag();
        } catch (OffsetOutOfRangeException e) {
            unplaced.addAll(pause(partitions(e.offsetOutOfRangePartitions().keySet())));
        } catch (WakeupException e) {
            // Only #stop wakes it up.
        } catch (InterruptException e) {
            running = false;
        } catch (KafkaException e) {
            failed(e);
            rest();
        } catch (RuntimeException | Error e) {
            // What was polled may be lost on its way here, so it is asked anew where to read on.
            inHand = null;
            unplaced.addAll(pause(partitions(consumer.assignment())));
            failed(e);
            rest();
        }
    }

    /// For what fails at once would else be tried as fast as the machine can.
    private void rest() {
        try {
            var _ = stopped.await(Math.max(0, nextTry - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            running = false;
        }
    }

    /// Asks where to read on, and reads on there.
    private void place() {
        if (unplaced.isEmpty()) {
            return;
        }
        try {
            var asked = List.copyOf(unplaced);
            var positions = answer(() -> handler.positions(Set.copyOf(asked)));
            var oldest = consumer.beginningOffsets(kafka(asked));
            var ends = consumer.endOffsets(kafka(asked));
            for (var partition : asked) {
                var first = oldest.getOrDefault(kafka(partition), 0L);
                var position = positions.getOrDefault(partition, first);
                if (position <= ends.getOrDefault(kafka(partition), 0L)) {
                    seek(partition, position, first);
                    unplaced.remove(partition);
                }
            }
            if (inHand == null) {
                readOn();
            }
            if (!unplaced.isEmpty()) {
                failed(new TopicMadeAnew(unplaced + " end before the next offset to read: were the topics made anew?"));
            }
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (Exception | Error e) {
            failed(e);
        }
    }

    /// A topic drops old records; if it did so before they were read, they are missed.
    private void seek(Partition partition, long position, long oldest) {
        if (position < oldest) {
            handler.missed(partition, position, oldest);
        }
        consumer.seek(kafka(partition), Math.max(position, oldest));
    }

    private void readOn() {
        consumer.resume(kafka(owned(partition -> !unplaced.contains(partition))));
        if (unplaced.isEmpty()) {
            watch.well();
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> polled) {
        if (inHand != null) {
            // Nothing comes of paused partitions; whatever did would be read again.
            unplaced.addAll(pause(partitions(polled.partitions())));
        } else if (!polled.isEmpty()) {
            inHand = new Batch(StreamSupport.stream(polled.spliterator(), false)
                    .map(BatchLoop::raw)
                    .toList());
            store();
        }
    }

    private void store() {
        var batch = inHand;
        if (batch == null) {
            return;
        }
        var began = System.nanoTime();
        try {
            var taken = answer(() -> handler.take(batch));
            inHand = null;
            switch (taken) {
                case STORED -> watch.stored(batch, Duration.ofNanos(System.nanoTime() - began));
                case NOT_OWNER -> {
                    watch.lostOwnership(batch);
                    unplaced.addAll(pause(batch.partitions()));
                }
            }
            readOn();
        } catch (Exception | Error e) {
            consumer.pause(consumer.assignment());
            failed(e);
        }
    }

    /// The handler's, however long it takes.
    private <T> T answer(Callable<T> question) throws Exception {
        watch.asked();
        try {
            return question.call();
        } finally {
            watch.answered();
        }
    }

    private void failed(Throwable e) {
        nextTry = System.nanoTime() + watch.failed(reason(e), e).toNanos();
        if (e instanceof InterruptedException) {
            running = false;
        }
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private boolean isDue() {
        return System.nanoTime() - nextTry >= 0;
    }

    private Duration untilNextTry() {
        if (inHand == null && unplaced.isEmpty()) {
            return LONGEST_POLL;
        }
        var left = Duration.ofNanos(Math.max(0, nextTry - System.nanoTime()));
        return left.compareTo(LONGEST_POLL) < 0 ? left : LONGEST_POLL;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        // Any position will do until the right one is known: nothing is fetched of what is paused.
        assigned.forEach(partition -> consumer.seek(partition, 0));
        unplaced.addAll(pause(partitions(assigned)));
    }

    /// Drops the batch in hand: its new owner reads it, and what of it stays here is read again. Everything that stays
    /// is placed anew, for while that batch could not be stored it was all paused.
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        var gone = partitions(revoked);
        unplaced.removeAll(gone);
        if (inHand != null && inHand.partitions().stream().anyMatch(gone::contains)) {
            inHand = null;
            unplaced.addAll(pause(owned(partition -> !gone.contains(partition))));
        }
    }

    private Set<Partition> pause(Set<Partition> partitions) {
        var paused = owned(partitions::contains);
        consumer.pause(kafka(paused));
        return paused;
    }

    private Set<Partition> owned(Predicate<Partition> which) {
        var owned = partitions(consumer.assignment());
        owned.removeIf(which.negate());
        return owned;
    }

    /// What is fetched knows how much is left; while nothing is, the broker is asked.
    private void lookAtLag() {
        if (System.nanoTime() - nextLook < 0) {
            return;
        }
        nextLook = System.nanoTime() + BETWEEN_LOOKS_AT_LAG.toNanos();
        try {
            watch.lag(consumer.paused().isEmpty() ? fetchedLag() : askedLag());
        } catch (TimeoutException e) {
            // The broker is away; the figure stays as it was.
        }
    }

    private long fetchedLag() {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    private long askedLag() {
        var ends = consumer.endOffsets(consumer.assignment(), BETWEEN_LOOKS_AT_LAG);
        var waiting = inHand == null ? 0L : inHand.records().size();
        for (var end : ends.entrySet()) {
            waiting += Math.max(0, end.getValue() - consumer.position(end.getKey(), BETWEEN_LOOKS_AT_LAG));
        }
        return waiting;
    }

    private static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
        var headers = new ArrayList<RawRecord.Header>();
        record.headers().forEach(header -> headers.add(new RawRecord.Header(header.key(), header.value())));
        return new RawRecord(
                new Partition(record.topic(), record.partition()),
                record.offset(),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                record.key(),
                record.value(),
                headers);
    }

    private static Set<Partition> partitions(Collection<TopicPartition> partitions) {
        var named = new TreeSet<Partition>();
        partitions.forEach(partition -> named.add(new Partition(partition.topic(), partition.partition())));
        return named;
    }

    private static List<TopicPartition> kafka(Collection<Partition> partitions) {
        return partitions.stream().map(BatchLoop::kafka).toList();
    }

    private static TopicPartition kafka(Partition partition) {
        return new TopicPartition(partition.topic(), partition.number());
    }

    private static final class TopicMadeAnew extends RuntimeException {
        private static final long serialVersionUID = 1;

        TopicMadeAnew(String message) {
            super(message);
        }
    }
}
