package io.captchapipeline.kit.kafka;

import io.captchapipeline.schemas.wire.DeadLetter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Where records go that nobody can read or handle.
public interface DeadLetters {

    /// For a service that may not write them.
    DeadLetters NONE = (_, _) -> CompletableFuture.failedStage(new NotPublished(NotPublished.Reason.CLOSED, null));

    /// Ends as [Publisher#send] does.
    CompletionStage<Confirmation> send(ConsumerRecord<byte[], byte[]> dead, DeadLetter letter);
}
