package io.captchapipeline.kit.consume;

import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A consumer without a group, over all partitions of one topic, on a thread of its own. While the brokers are away it
/// waits for them; a consumer that fails is replaced, and then the topic is read anew.
public final class Follower<E extends Event> implements Following {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final String service;
    private final Topic<E> topic;
    private final Consumer<Received<E>> reader;
    private final KafkaClients clients;
    private final Counter unreadable;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile boolean caughtUp;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    public Follower(
            String service, Topic<E> topic, Consumer<Received<E>> reader, KafkaClients clients, MeterRegistry metrics) {
        this.service = service;
        this.topic = topic;
        this.reader = reader;
        this.clients = clients;
        this.unreadable = Counter.builder("captcha.unreadable.records")
                .description("Records that are not the event their topic promises")
                .tag("service", service)
                .tag("topic", topic.name())
                .register(metrics);
        this.thread =
                Thread.ofPlatform().daemon().name("follow-" + topic.name()).unstarted(this::run);
    }

    @Override
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        closing.countDown();
        var reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            var reading = new KafkaConsumer<>(configs(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer = reading;
            try {
                follow(reading);
            } catch (WakeupException e) {
                // Only closing wakes it.
            } catch (KafkaException e) {
                LOG.atWarn()
                        .addKeyValue("topic", topic.name())
                        .addKeyValue("why", e.getClass().getSimpleName())
                        .log("A topic cannot be followed and is read anew");
                pause();
            } finally {
                reading.close(CloseOptions.timeout(GOODBYE));
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> reading) {
        var partitions = partitions(reading);
        reading.assign(partitions);
        reading.seekToBeginning(partitions);
        var ends = reading.endOffsets(partitions);
        while (!closed) {
            reading.poll(POLL).forEach(this::hand);
            caughtUp |= ends.entrySet().stream().allMatch(end -> reading.position(end.getKey()) >= end.getValue());
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> reading) {
        return reading.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void hand(ConsumerRecord<byte[], byte[]> found) {
        if (found.value() == null) {
            return;
        }
        var origin = new Origin(found.topic(), found.partition(), found.offset());
        try {
            reader.accept(
                    new Received<>(Wire.decode(topic, found.value()), origin, Instant.ofEpochMilli(found.timestamp())));
        } catch (UnreadableRecord e) {
            unreadable.increment();
            LOG.atWarn().addKeyValue("origin", origin).log("An unreadable record is passed over");
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("origin", origin).setCause(e).log("A record that is followed cannot be taken");
        }
    }

    private void pause() {
        try {
            var _ = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> configs() {
        return clients.consumer(Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                service + "-follow-" + topic.name(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false));
    }
}
