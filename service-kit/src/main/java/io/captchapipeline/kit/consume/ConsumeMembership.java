package io.captchapipeline.kit.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A consumer's stay in its group. It polls whatever the handlers do, so that no slow one costs it its partitions, and
/// stops reading a partition that has enough in memory.
final class ConsumeMembership implements Membership, ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumeMembership.class);

    private static final Duration POLL = Duration.ofMillis(100);
    /// A handler that makes room does not wake the poll.
    private static final Duration POLL_WHILE_FULL = Duration.ofMillis(10);
    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(200);
    private static final Duration COMMIT = Duration.ofSeconds(4);
    private static final Duration REVOCATION = Duration.ofSeconds(5);
    private static final Duration LEAVE = Duration.ofSeconds(3);

    private final Map<TopicPartition, PartitionWork> owned = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Consumer<byte[], byte[]> consumer;
    private final ConsumeLimits limits;
    private final BiConsumer<PartitionWork, Item> keyWork;
    private final LoopHealth health;
    private long nextCommit = System.nanoTime();

    ConsumeMembership(
            Consumer<byte[], byte[]> consumer,
            String topic,
            ConsumeLimits limits,
            BiConsumer<PartitionWork, Item> keyWork,
            LoopHealth health) {
        this.consumer = consumer;
        this.limits = limits;
        this.keyWork = keyWork;
        this.health = health;
        consumer.subscribe(List.of(topic), this);
    }

    @Override
    public void round() {
        consumer.poll(consumer.paused().isEmpty() ? POLL : POLL_WHILE_FULL).forEach(this::take);
        owned.forEach(this::pauseOrResume);
        if (System.nanoTime() - nextCommit >= 0) {
            commitInPassing();
            nextCommit = System.nanoTime() + BETWEEN_COMMITS.toNanos();
        }
        health.well();
    }

    @Override
    public void drain(long deadline) {
        owned.values().forEach(PartitionWork::stop);
        while (System.nanoTime() - deadline < 0 && !areIdle(System.nanoTime())) {
            consumer.pause(consumer.assignment());
            consumer.poll(POLL_WHILE_FULL);
        }
        commitNow(toCommit(owned.keySet()));
    }

    /// What is left runs to its end without us: its partitions are somebody else's.
    @Override
    public void close() {
        owned.values().forEach(PartitionWork::stop);
        owned.clear();
        consumer.close(CloseOptions.timeout(LEAVE));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> owned.put(partition, new PartitionWork(limits)));
    }

    /// What runs may end and be committed; what waits is left to the next owner.
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        var deadline = System.nanoTime() + REVOCATION.toNanos();
        works(partitions).forEach(PartitionWork::stop);
        works(partitions).forEach(work -> awaitIdle(work, deadline));
        commitNow(toCommit(partitions));
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        works(partitions).forEach(PartitionWork::stop);
        forget(partitions);
    }

    private void take(ConsumerRecord<byte[], byte[]> read) {
        var work = owned.get(new TopicPartition(read.topic(), read.partition()));
        var item = new Item(read);
        if (work != null && work.add(item)) {
            keyWork.accept(work, item);
        }
    }

    private void pauseOrResume(TopicPartition partition, PartitionWork work) {
        if (work.isFull()) {
            consumer.pause(List.of(partition));
        } else if (work.hasRoom()) {
            consumer.resume(List.of(partition));
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> toCommit(Collection<TopicPartition> partitions) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : partitions) {
            var work = owned.get(partition);
            if (work != null) {
                work.next().stream()
                        .filter(next -> next > committed.getOrDefault(partition, -1L))
                        .forEach(next -> offsets.put(partition, new OffsetAndMetadata(next)));
            }
        }
        return offsets;
    }

    /// One that fails is made up for by the next.
    private void commitInPassing() {
        var offsets = toCommit(owned.keySet());
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, (done, failure) -> {
                if (failure == null) {
                    remember(done);
                }
            });
        }
    }

    private void commitNow(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, COMMIT);
            remember(offsets);
        } catch (KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getClass().getSimpleName())
                    .log("Offsets were not committed: their records come again");
        }
    }

    /// Of what is still ours: a commit's answer may come after its partition has gone.
    private void remember(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            if (owned.containsKey(partition)) {
                committed.merge(partition, offset.offset(), Math::max);
            }
        });
    }

    private List<PartitionWork> works(Collection<TopicPartition> partitions) {
        return partitions.stream().map(owned::get).filter(Objects::nonNull).toList();
    }

    private void forget(Collection<TopicPartition> partitions) {
        owned.keySet().removeAll(partitions);
        committed.keySet().removeAll(partitions);
    }

    private boolean areIdle(long deadline) {
        return owned.values().stream().allMatch(work -> awaitIdle(work, deadline));
    }

    private static boolean awaitIdle(PartitionWork work, long deadline) {
        try {
            return work.awaitIdle(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
