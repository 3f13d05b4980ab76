package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// What a topic holds by now, from some place in each partition to where it ended at the beginning, a page at a time.
final class Stretch {

    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final KafkaClients kafka;
    private final Map<TopicPartition, Long> ends;

    private Stretch(Consumer<byte[], byte[]> consumer, KafkaClients kafka, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.kafka = kafka;
        this.ends = ends;
    }

    /// @param from where it begins in a partition, but not before its oldest record
    static Stretch of(
            Consumer<byte[], byte[]> consumer, KafkaClients kafka, String topic, Map<TopicPartition, Long> from) {
        var partitions = Tail.partitions(consumer, topic);
        if (partitions.isEmpty()) {
            throw Tail.missing(kafka, topic);
        }
        consumer.assign(partitions);
        var ends = new HashMap<>(consumer.endOffsets(partitions));
        consumer.beginningOffsets(partitions).forEach((partition, oldest) -> {
            var first = Math.max(oldest, from.getOrDefault(partition, 0L));
            consumer.seek(partition, first);
            ends.computeIfPresent(partition, (same, end) -> first < end ? end : null);
        });
        return new Stretch(consumer, kafka, ends);
    }

    /// Of one partition alone, which need not be there.
    Stretch only(TopicPartition partition) {
        ends.keySet().retainAll(Set.of(partition));
        consumer.assign(List.copyOf(ends.keySet()));
        return this;
    }

    /// The next page; empty at the end alone.
    ///
    /// @throws StartFailure when nothing comes any more although there should be something
    List<ConsumerRecord<byte[], byte[]>> next() {
        var begin = System.nanoTime();
        while (isBefore()) {
            var page = StreamSupport.stream(consumer.poll(STEP).spliterator(), false)
                    .filter(this::isWithin)
                    .toList();
            if (!page.isEmpty()) {
                return page;
            }
            if (isBefore() && System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new StartFailure("The broker at " + kafka.servers() + " hands out nothing of "
                        + ends.keySet().iterator().next().topic() + " for " + PATIENCE.toSeconds()
                        + " s: look at the broker, then try again");
            }
        }
        return List.of();
    }

    private boolean isWithin(ConsumerRecord<?, ?> record) {
        var end = ends.get(new TopicPartition(record.topic(), record.partition()));
        return end != null && record.offset() < end;
    }

    private boolean isBefore() {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }
}
