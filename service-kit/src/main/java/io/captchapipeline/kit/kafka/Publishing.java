package io.captchapipeline.kit.kafka;

import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Sender;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One producer, shared by the publishers of a service.
///
/// `KafkaProducer.send` blocks in two cases: its topic's metadata is not known, or its memory is full. With
/// `max.block.ms` 0 both fail at once instead. Metadata is asked for before the first event ([#warmUp]), is refreshed
/// in the background, and is never dropped for want of use, so it is missing only while the broker is.
public final class Publishing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

    static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;
    private static final int BATCH_BYTES = 64 * 1024;
    static final long NEVER_IDLE_MS = Duration.ofDays(365).toMillis();
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaClientMetrics metrics;
    private final Semaphore room;
    private final Sender sender;
    private final PublisherLimits limits;
    private final Set<String> topics = ConcurrentHashMap.newKeySet();

    public Publishing(
            String service, KafkaClients clients, PublisherLimits limits, Clock clock, MeterRegistry registry) {
        this.limits = limits;
        this.sender = new Sender(service, clock);
        this.room = new Semaphore(limits.maxInFlight());
        this.producer = new KafkaProducer<>(
                clients.producer(configs(service, limits)), new ByteArraySerializer(), new ByteArraySerializer());
        this.metrics = new KafkaClientMetrics(producer);
        metrics.bindTo(registry);
    }

    public <E extends Event> Publisher<E> to(Topic<E> topic) {
        topics.add(topic.name());
        return new KafkaPublisher<>(topic, new Confirming(producer, room), sender);
    }

    public DeadLetters deadLetters() {
        topics.add(Topics.DEAD_LETTERS.name());
        var confirming = new Confirming(producer, room);
        return (dead, letter) -> confirming.send(Outgoing.deadLetter(dead, letter));
    }

    /// Waits until the topics are known, so that the first event does not fail; gives up after `patience`, since the
    /// producer goes on asking by itself.
    public void warmUp(Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        for (var topic : topics) {
            while (!isKnown(topic) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    /// Sends what is waiting, for as long as an event may wait.
    @Override
    public void close() {
        metrics.close();
        producer.close(limits.deliveryTimeout());
    }

    private boolean isKnown(String topic) {
        try {
            return !producer.partitionsFor(topic).isEmpty();
        } catch (KafkaException e) {
            LOG.atDebug().addKeyValue("topic", topic).setCause(e).log("Topic not known yet");
            return false;
        }
    }

    private static Map<String, Object> configs(String service, PublisherLimits limits) {
        var requestTimeout = limits.deliveryTimeout().minus(limits.linger());
        return Map.ofEntries(
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, service),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0),
                Map.entry(ProducerConfig.METADATA_MAX_IDLE_CONFIG, NEVER_IDLE_MS),
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, limits.maxBytes()),
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, limits.linger().toMillis()),
                Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES),
                Map.entry(
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        Math.toIntExact(limits.deliveryTimeout().toMillis())),
                Map.entry(
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        Math.toIntExact(shorter(requestTimeout).toMillis())));
    }

    private static Duration shorter(Duration time) {
        return time.compareTo(LONGEST_REQUEST) < 0 ? time : LONGEST_REQUEST;
    }
}
