package io.captchapipeline.kit.kafka;

import io.captchapipeline.kit.kafka.NotPublished.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/// Sends records by a shared producer, as far as there is room, and tells what the broker said of each.
record Confirming(Producer<byte[], byte[]> producer, Semaphore room) {

    /// As [Publisher#send] has it.
    CompletionStage<Confirmation> send(ProducerRecord<byte[], byte[]> sent) {
        if (!room.tryAcquire()) {
            return CompletableFuture.failedStage(new NotPublished(Reason.TOO_MANY_IN_FLIGHT, null));
        }
        var confirmed = new CompletableFuture<Confirmation>();
        try {
            var _ = producer.send(sent, (metadata, error) -> {
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
