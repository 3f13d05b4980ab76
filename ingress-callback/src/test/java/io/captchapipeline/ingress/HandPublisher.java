package io.captchapipeline.ingress;

import io.captchapipeline.kit.kafka.Confirmation;
import io.captchapipeline.kit.kafka.NotPublished;
import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.schemas.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A publisher in the hand of a test: it confirms at once, unless it is told to hold or to fail.
final class HandPublisher<E extends Event> implements Publisher<E> {
    private final List<E> events = new ArrayList<>();
    private final List<CompletableFuture<Confirmation>> held = new ArrayList<>();
    private boolean holding;
    private NotPublished.@Nullable Reason failing;

    @Override
    public synchronized CompletionStage<Confirmation> send(E event) {
        if (failing != null) {
            return CompletableFuture.failedStage(new NotPublished(failing, null));
        }
        events.add(event);
        var confirmed = new CompletableFuture<Confirmation>();
        if (holding) {
            held.add(confirmed);
        } else {
            confirmed.complete(new Confirmation(0, events.size()));
        }
        return confirmed;
    }

    synchronized List<E> events() {
        return List.copyOf(events);
    }

    synchronized void hold() {
        holding = true;
    }

    synchronized void fail(NotPublished.Reason reason) {
        failing = reason;
    }

    synchronized int heldCount() {
        return held.size();
    }

    /// Confirms what was held, and whatever comes.
    synchronized void confirm() {
        holding = false;
        failing = null;
        held.forEach(confirmed -> confirmed.complete(new Confirmation(0, 1)));
        held.clear();
    }
}
