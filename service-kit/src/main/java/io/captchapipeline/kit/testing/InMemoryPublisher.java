package io.captchapipeline.kit.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.kafka.Confirmation;
import io.captchapipeline.kit.kafka.NotPublished;
import io.captchapipeline.kit.kafka.NotPublished.Reason;
import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.kit.kafka.PublisherLimits;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/// A topic in memory, and a publisher to it. Its broker confirms, stalls or is away, as told.
public final class InMemoryPublisher<E extends Event> implements Publisher<E> {

    private final List<E> events = new ArrayList<>();
    private final List<Waiting<E>> waiting = new ArrayList<>();
    private final int[] ends = new int[Topic.DEFAULT_PARTITIONS];
    private final Topic<E> topic;
    private final PublisherLimits limits;
    private Broker broker = Broker.CONFIRMING;

    private enum Broker {
        CONFIRMING,
        STALLED,
        AWAY
    }

    private record Waiting<E>(E event, CompletableFuture<Confirmation> confirmed) {}

    public InMemoryPublisher(Topic<E> topic, PublisherLimits limits) {
        this.topic = topic;
        this.limits = limits;
    }

    /// What the broker has, in order.
    public synchronized List<E> events() {
        return List.copyOf(events);
    }

    /// How many events wait for the broker.
    public synchronized int waiting() {
        return waiting.size();
    }

    /// From here on events wait, until [#recover] or their time is up.
    public synchronized void stall() {
        broker = Broker.STALLED;
    }

    /// From here on events fail at once.
    public synchronized void goAway() {
        broker = Broker.AWAY;
    }

    /// Confirms, from here on and what still waits.
    public synchronized void recover() {
        broker = Broker.CONFIRMING;
        waiting.forEach(one -> one.confirmed().complete(append(one.event())));
        waiting.clear();
    }

    @Override
    public synchronized CompletionStage<Confirmation> send(E event) {
        if (Wire.encode(event).length > topic.maxBytes()) {
            return failed(Reason.REFUSED);
        }
        return switch (broker) {
            case CONFIRMING -> CompletableFuture.completedStage(append(event));
            case STALLED -> waiting.size() < limits.maxInFlight() ? hold(event) : failed(Reason.TOO_MANY_IN_FLIGHT);
            case AWAY -> failed(Reason.UNAVAILABLE);
        };
    }

    private CompletionStage<Confirmation> hold(E event) {
        var one = new Waiting<>(event, new CompletableFuture<Confirmation>());
        waiting.add(one);
        CompletableFuture.delayedExecutor(limits.deliveryTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> giveUpOn(one));
        return one.confirmed().minimalCompletionStage();
    }

    private synchronized void giveUpOn(Waiting<E> one) {
        if (waiting.remove(one)) {
            one.confirmed().completeExceptionally(new NotPublished(Reason.UNCONFIRMED, null));
        }
    }

    private Confirmation append(E event) {
        var key = event.key();
        var partition = key == null ? 0 : BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), ends.length);
        events.add(event);
        return new Confirmation(partition, ends[partition]++);
    }

    private static CompletionStage<Confirmation> failed(Reason reason) {
        return CompletableFuture.failedStage(new NotPublished(reason, null));
    }
}
