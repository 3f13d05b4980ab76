package io.captchapipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.client.CaptchaException.Reason;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.wire.Sender;
import io.captchapipeline.schemas.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/// Writes events, without ever blocking who asks for it.
///
/// The producer fails at once what it cannot take at once. Where it does so because it has not heard of the topic yet,
/// it is asked again until patience ends; in all other cases that is the answer.
final class Sending implements AutoCloseable {
    private static final Executor AFTER_A_PAUSE = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

    private final Producer<byte[], byte[]> producer;
    private final String servers;
    private final Duration patience;
    private final Semaphore room;
    private final Sender sender;
    private volatile boolean closing;

    Sending(Producer<byte[], byte[]> producer, String servers, Limits limits, Sender sender) {
        this.producer = producer;
        this.servers = servers;
        this.patience = limits.patience();
        this.room = new Semaphore(limits.maxOpen());
        this.sender = sender;
    }

    /// Completes when all brokers in charge have it; fails with a [CaptchaException] that names the request.
    <E extends Event> CompletableFuture<Void> send(Topic<E> topic, E event, RequestId about) {
        if (!room.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new CaptchaException(Reason.NOT_SENT, about, "too much waits to be sent already", null));
        }
        var sent = new CompletableFuture<Void>();
        var unused = sent.whenComplete((nothing, problem) -> room.release());
        attempt(new Outgoing(topic, record(topic, event), about, System.nanoTime() + patience.toNanos(), sent));
        return sent;
    }

    /// Sends what was taken, for as long as it may wait.
    @Override
    public void close() {
        closing = true;
        producer.close(patience);
    }

    private void attempt(Outgoing outgoing) {
        try {
            var unused = producer.send(outgoing.record(), (metadata, error) -> {
                if (error == null) {
                    outgoing.sent().complete(null);
                } else {
                    failed(outgoing, error);
                }
            });
        } catch (RuntimeException e) {
            failed(outgoing, e);
        }
    }

    private void failed(Outgoing outgoing, Exception error) {
        if (isUnheardOf(error) && !closing && System.nanoTime() < outgoing.until()) {
            AFTER_A_PAUSE.execute(() -> attempt(outgoing));
        } else {
            outgoing.sent().completeExceptionally(explained(outgoing, error));
        }
    }

    private CaptchaException explained(Outgoing outgoing, Exception error) {
        var topic = outgoing.topic();
        if (closing || error instanceof IllegalStateException) {
            return problem(Reason.NOT_SENT, outgoing, "the client was closed before it was sent", error);
        }
        if (error instanceof BufferExhaustedException) {
            return problem(Reason.NOT_SENT, outgoing, "too much waits for Kafka at " + servers + " already", error);
        }
        if (isUnheardOf(error)) {
            return problem(Reason.NOT_SENT, outgoing, "Kafka at " + servers + " does not tell of " + topic, error);
        }
        if (error instanceof RecordTooLargeException) {
            return problem(Reason.NOT_SENT, outgoing, topic + " takes at most " + topic.maxBytes() + " bytes", error);
        }
        if (error instanceof UnknownTopicOrPartitionException || error instanceof InvalidTopicException) {
            return problem(Reason.NOT_SENT, outgoing, "there is no topic " + topic, error);
        }
        if (error instanceof AuthorizationException || error instanceof AuthenticationException) {
            return problem(Reason.REFUSED, outgoing, "Kafka does not let this client write to " + topic, error);
        }
        return problem(Reason.UNCONFIRMED, outgoing, "Kafka at " + servers + " did not confirm it", error);
    }

    private static CaptchaException problem(Reason reason, Outgoing outgoing, String message, Exception error) {
        return new CaptchaException(reason, outgoing.about(), message, error);
    }

    /// The producer says both by one class: batches name how long they waited, metadata says that it is missing.
    private static boolean isUnheardOf(Exception error) {
        return error instanceof TimeoutException
                && !(error instanceof BufferExhaustedException)
                && String.valueOf(error.getMessage()).contains("metadata");
    }

    private <E extends Event> ProducerRecord<byte[], byte[]> record(Topic<E> topic, E event) {
        var key = event.key();
        var headers = new ArrayList<Header>();
        sender.envelope(event).eachHeader((name, text) -> headers.add(new RecordHeader(name, text.getBytes(UTF_8))));
        return new ProducerRecord<>(
                topic.name(), null, key == null ? null : key.getBytes(UTF_8), Wire.encode(event), headers);
    }

    private record Outgoing(
            Topic<?> topic,
            ProducerRecord<byte[], byte[]> record,
            RequestId about,
            long until,
            CompletableFuture<Void> sent) {}
}
