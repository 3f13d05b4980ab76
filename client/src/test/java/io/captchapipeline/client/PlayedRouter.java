package io.captchapipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.KafkaCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// Plays the router: answers every request with records in one transaction, after the same records with a wrong
/// solution in a transaction that it aborts.
final class PlayedRouter implements AutoCloseable {
    private final KafkaCluster kafka;
    private final Function<SubmitRequest, List<ProducerRecord<byte[], byte[]>>> answers;
    private final Queue<SubmitRequest> seen = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final CountDownLatch standing = new CountDownLatch(1);
    private volatile boolean closing;

    private PlayedRouter(KafkaCluster kafka, Function<SubmitRequest, List<ProducerRecord<byte[], byte[]>>> answers) {
        this.kafka = kafka;
        this.answers = answers;
        this.thread = Thread.ofPlatform().daemon().name("played-router").start(this::run);
    }

    static PlayedRouter answering(
            KafkaCluster kafka, Function<SubmitRequest, List<ProducerRecord<byte[], byte[]>>> answers) {
        var router = new PlayedRouter(kafka, answers);
        router.awaitStanding();
        return router;
    }

    List<SubmitRequest> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitStanding() {
        try {
            standing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var transactional = Map.of("transactional.id", kafka.uniqueName("played-router"), "linger.ms", 0);
        try (var consumer = kafka.consumer(Map.of());
                var producer = kafka.producer(transactional)) {
            producer.initTransactions();
            consumer.assign(consumer.partitionsFor(Topics.SUBMIT.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            consumer.seekToEnd(consumer.assignment());
            consumer.assignment().forEach(consumer::position);
            standing.countDown();
            while (!closing) {
                for (var record : consumer.poll(Duration.ofMillis(20))) {
                    answer(producer, Wire.decode(Topics.SUBMIT, record.value()));
                }
            }
        }
    }

    private void answer(KafkaProducer<byte[], byte[]> producer, SubmitRequest request) {
        seen.add(request);
        var records = answers.apply(request);
        if (records.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        records.forEach(record -> send(producer, wrong(record)));
        producer.flush();
        producer.abortTransaction();
        producer.beginTransaction();
        records.forEach(record -> send(producer, record));
        producer.commitTransaction();
    }

    private static ProducerRecord<byte[], byte[]> wrong(ProducerRecord<byte[], byte[]> right) {
        var id = new String(right.key(), UTF_8);
        return new ProducerRecord<>(right.topic(), right.key(), Wire.encode(Outcomes.solved(id, "ABORTED")));
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        var _ = producer.send(record);
    }
}
