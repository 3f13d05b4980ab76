package io.captchapipeline.kit.kafka;

import io.captchapipeline.schemas.event.Event;
import java.util.concurrent.CompletionStage;

/// Puts events on one topic.
public interface Publisher<E extends Event> {

    /// Never blocks and never throws. The stage ends with the broker's confirmation or with [NotPublished], within the
    /// delivery timeout, on a thread that must not be held up.
    CompletionStage<Confirmation> send(E event);
}
