package io.captchapipeline.systemtests;

import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.promise.OneOutcome;
import io.captchapipeline.testkit.promise.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Reads outcomes with read_committed while everything happens, as a scraper does.
final class Witness implements AutoCloseable {
    static final List<String> OUTCOMES = List.of(
            Topics.SOLVED.name(),
            Topics.FAILED.name(),
            Topics.SOLVED.name() + "." + Settings.ROUTE,
            Topics.FAILED.name() + "." + Settings.ROUTE);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int SOLUTIONS_KEPT = 40;

    private final OneOutcome oneOutcome = new OneOutcome();
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();
    private final List<Outcome> seen = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> solutions = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<RuntimeException> troubles = new ConcurrentLinkedQueue<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Background background = new Background("witness", this::read);

    Witness(Kafka kafka) {
        consumer = kafka.consumer(Map.of());
        consumer.assign(OUTCOMES.stream()
                .flatMap(topic -> java.util.stream.IntStream.range(0, Settings.PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(topic, partition)))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    void start() {
        background.start();
    }

    int outcomes() {
        return ended.size();
    }

    boolean hasSeen(String id) {
        return ended.containsKey(id);
    }

    /// In the order of their reading.
    List<Outcome> seen() {
        return seen;
    }

    /// When each outcome was written.
    Map<String, Instant> ended() {
        return ended;
    }

    /// All that was seen so far; who was requested has to be added.
    OneOutcome oneOutcome() {
        return oneOutcome;
    }

    /// Some of the solutions, which are nobody's business but the scrapers'.
    Set<String> solutions() {
        return solutions;
    }

    List<RuntimeException> troubles() {
        return List.copyOf(troubles);
    }

    @Override
    public void close() {
        background.endAndWait();
        consumer.close();
    }

    private void read() {
        while (!background.isOver()) {
            try {
                consumer.poll(POLL).forEach(this::see);
            } catch (RuntimeException e) {
                troubles.add(e);
                return;
            }
        }
    }

    private void see(ConsumerRecord<byte[], byte[]> record) {
        if (!Whole.is(record.value())) {
            return;
        }
        var outcome = Wire.decode(Outcome.class, record.value());
        var id = outcome.requestId().value();
        oneOutcome.outcome(id, Origin.of(record));
        ended.putIfAbsent(id, Instant.ofEpochMilli(record.timestamp()));
        seen.add(outcome);
        if (outcome instanceof Outcome.Solved solved && solutions.size() < SOLUTIONS_KEPT) {
            solutions.add(solved.solution().text());
        }
    }
}
