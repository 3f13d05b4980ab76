package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.wire.Sender;
import io.captchapipeline.schemas.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes as any scraper or operator would.
final class Outbox implements AutoCloseable {

    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final int PATIENCE_MS = 10_000;

    private final Sender sender = new Sender("commands", Clock.systemUTC());
    private final KafkaClients kafka;
    private final KafkaProducer<byte[], byte[]> producer;

    Outbox(KafkaClients kafka) {
        this.kafka = kafka;
        this.producer = new KafkaProducer<>(
                kafka.producer(Map.of(
                        ProducerConfig.CLIENT_ID_CONFIG, "captcha-commands",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_BYTES,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    <E extends Event> ProducerRecord<byte[], byte[]> record(Topic<E> topic, E event) {
        var key = event.key();
        var bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<byte[], byte[]>(topic.name(), bytes, Wire.encode(event));
        sender.envelope(event)
                .eachHeader((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /// Returns when the broker has all of them.
    void send(List<ProducerRecord<byte[], byte[]>> records) {
        try {
            for (var sent : records.stream().map(producer::send).toList()) {
                sent.get();
            }
        } catch (ExecutionException e) {
            throw NoBroker.at(kafka, e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e));
        } catch (KafkaException e) {
            throw NoBroker.at(kafka, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
