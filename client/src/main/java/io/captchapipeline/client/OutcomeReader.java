package io.captchapipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.client.CaptchaException.Reason;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the outcome topics on a thread of its own, and ends the requests that wait for what it reads. Outcomes of
/// others are passed unread.
final class OutcomeReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeReader.class);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration AFTER_TROUBLE = Duration.ofMillis(500);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final OpenRequests open;
    private final Standing standing;
    private final String servers;
    private final Duration patience;
    private final Map<Route, CompletableFuture<Void>> watched = new ConcurrentHashMap<>();
    private final Queue<Route> asked = new ConcurrentLinkedQueue<>();
    private final AtomicLong unreadable = new AtomicLong();
    private final Thread thread = new Thread(this::run, "captcha-client-outcomes");
    private long looked = System.nanoTime();
    private String trouble = "";
    private volatile boolean closing;

    OutcomeReader(Consumer<byte[], byte[]> consumer, OpenRequests open, ClientConfig config) {
        this.consumer = consumer;
        this.open = open;
        this.servers = config.bootstrapServers();
        this.patience = config.limits().patience();
        this.standing = new Standing(consumer, patience);
        thread.setDaemon(true);
    }

    /// Returns when nothing that is asked from now on can be missed.
    ///
    /// @throws CaptchaException when Kafka does not answer, or has no such topics
    void start() {
        try {
            var absent = standing.begin();
            if (!absent.isEmpty()) {
                throw new CaptchaException(
                        Reason.REFUSED,
                        "Kafka at " + servers + " has no topic " + absent.get(0)
                                + ": create the pipeline's topics with './captcha topics create'");
            }
        } catch (KafkaException e) {
            throw explained(e);
        }
        thread.start();
    }

    /// Completes when no outcome of this route, or of none, can be missed.
    CompletableFuture<Void> watched(@Nullable Route route) {
        if (route == null) {
            return CompletableFuture.completedFuture(null);
        }
        var added = new CompletableFuture<Void>();
        var known = watched.putIfAbsent(route, added);
        if (known == null) {
            asked.add(route);
        }
        return known == null ? added : known;
    }

    long unreadable() {
        return unreadable.get();
    }

    @Override
    public void close() {
        closing = true;
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (!closing) {
                step();
            }
        } finally {
            watched.values()
                    .forEach(each -> each.completeExceptionally(
                            new CaptchaException(Reason.NOT_SENT, "the client was closed before it was sent")));
        }
    }

    private void step() {
        try {
            takeRoutes();
            lookForNewTopics();
            consumer.poll(POLL).forEach(this::take);
            trouble = "";
        } catch (RuntimeException e) {
            trouble = ", and outcomes cannot be read: " + e.getClass().getSimpleName();
            LOG.atWarn().addKeyValue("kafka", servers).setCause(e).log("Outcomes cannot be read, trying again");
            LockSupport.parkNanos(AFTER_TROUBLE.toNanos());
        }
        open.expire(trouble);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || !open.has(new String(record.key(), UTF_8))) {
            return;
        }
        try {
            open.answered(Wire.decode(Topics.SOLVED, record.value()));
        } catch (UnreadableRecord e) {
            unreadable.incrementAndGet();
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("Passed a record that is no outcome");
        }
    }

    private void takeRoutes() {
        for (var route = asked.poll(); route != null && !closing; route = asked.poll()) {
            var promised = watched.get(route);
            if (promised != null) {
                include(route, promised);
            }
        }
    }

    private void include(Route route, CompletableFuture<Void> promised) {
        try {
            standing.include(route);
            promised.complete(null);
        } catch (RuntimeException e) {
            watched.remove(route);
            promised.completeExceptionally(explained(e));
        }
    }

    private void lookForNewTopics() {
        var now = System.nanoTime();
        if (now - looked > BETWEEN_LOOKS.toNanos()) {
            looked = now;
            standing.includeNew();
        }
    }

    private CaptchaException explained(RuntimeException e) {
        return e instanceof RetriableException
                ? new CaptchaException(
                        Reason.UNAVAILABLE, "Kafka does not answer at " + servers + ": is it there, is it up?", e)
                : new CaptchaException(
                        Reason.REFUSED,
                        "Kafka at " + servers + " refuses: " + e.getClass().getSimpleName(),
                        e);
    }
}
