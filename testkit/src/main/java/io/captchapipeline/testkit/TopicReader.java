package io.captchapipeline.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Reads a topic from its beginning, without a group.
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();

    public TopicReader(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// All that is there at this moment.
    public List<ConsumerRecord<byte[], byte[]>> toTheEnd() {
        var ends = consumer.endOffsets(partitions);
        return readUntil(() -> reached(ends), "the end, " + ends);
    }

    List<ConsumerRecord<byte[], byte[]>> atLeast(int count) {
        return readUntil(() -> read.size() >= count, count + " records");
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<ConsumerRecord<byte[], byte[]>> readUntil(BooleanSupplier done, String what) {
        var began = System.nanoTime();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - began > KafkaCluster.PATIENCE.toNanos()) {
                throw new AssertionError("read " + read.size() + " records of " + topic + " and not " + what);
            }
            consumer.poll(POLL).forEach(read::add);
        }
        return List.copyOf(read);
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
