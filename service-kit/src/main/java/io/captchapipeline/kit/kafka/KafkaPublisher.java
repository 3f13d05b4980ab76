package io.captchapipeline.kit.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.kafka.NotPublished.Reason;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.wire.Envelope;
import io.captchapipeline.schemas.wire.Sender;
import io.captchapipeline.schemas.wire.Wire;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/// A topic's place at a shared producer.
final class KafkaPublisher<E extends Event> implements Publisher<E> {

    private final Topic<E> topic;
    private final Producer<byte[], byte[]> producer;
    private final Semaphore room;
    private final Sender sender;

    KafkaPublisher(Topic<E> topic, Producer<byte[], byte[]> producer, Semaphore room, Sender sender) {
        this.topic = topic;
        this.producer = producer;
        this.room = room;
        this.sender = sender;
    }

    @Override
    public CompletionStage<Confirmation> send(E event) {
        if (!room.tryAcquire()) {
            return CompletableFuture.failedStage(new NotPublished(Reason.TOO_MANY_IN_FLIGHT, null));
        }
        var confirmed = new CompletableFuture<Confirmation>();
        try {
            var _ = producer.send(record(event), (metadata, error) -> {
                if (error == null) {
                    confirm(confirmed, new Confirmation(metadata.partition(), metadata.offset()));
                } else {
                    fail(confirmed, new NotPublished(reason(error), error));
                }
            });
        } catch (IllegalStateException closed) {
            fail(confirmed, new NotPublished(Reason.CLOSED, closed));
        } catch (RuntimeException e) {
            fail(confirmed, new NotPublished(reason(e), e));
        }
        return confirmed;
    }

    private ProducerRecord<byte[], byte[]> record(E event) {
        var key = event.key();
        var headers = new ArrayList<Header>(Envelope.headerNames().size());
        sender.envelope(event).eachHeader((name, text) -> headers.add(new RecordHeader(name, text.getBytes(UTF_8))));
        return new ProducerRecord<>(
                topic.name(), null, key == null ? null : key.getBytes(UTF_8), Wire.encode(event), headers);
    }

    private void confirm(CompletableFuture<Confirmation> confirmed, Confirmation confirmation) {
        room.release();
        confirmed.complete(confirmation);
    }

    private void fail(CompletableFuture<Confirmation> confirmed, NotPublished problem) {
        if (!confirmed.isDone()) {
            room.release();
            confirmed.completeExceptionally(problem);
        }
    }

    private static Reason reason(Exception error) {
        return switch (error) {
            case BufferExhaustedException _ -> Reason.TOO_MANY_IN_FLIGHT;
            case TimeoutException timeout -> isMetadata(timeout) ? Reason.UNAVAILABLE : Reason.UNCONFIRMED;
            case RetriableException _ -> Reason.UNCONFIRMED;
            default -> Reason.REFUSED;
        };
    }

    /// The producer says both by one class: batches name how long they waited, metadata says that it is missing.
    private static boolean isMetadata(TimeoutException timeout) {
        return String.valueOf(timeout.getMessage()).contains("metadata");
    }
}
