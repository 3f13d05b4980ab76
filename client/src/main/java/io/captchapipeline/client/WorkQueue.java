package io.captchapipeline.client;

import io.captchapipeline.client.CaptchaException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Outcomes as work: each goes to one member of a group, which says of it what became of it. What a member that dies
/// had
/// in hand goes to another one. Survives restarts; nothing is lost while nobody works. Reads the outcome topics that
/// exist
/// when it is opened.
public final class WorkQueue implements AutoCloseable {
    private final KafkaConfigs configs;
    private final QueueConfig wanted;
    private final Duration patience;
    private final Clock clock;
    private final QueueCounters counters = new QueueCounters();
    private final Set<String> topics;
    private @Nullable QueueReader reader;
    private @Nullable Delivery inHand;

    WorkQueue(ClientConfig config, QueueConfig wanted, Clock clock) {
        this.configs = new KafkaConfigs(config);
        this.wanted = wanted;
        this.patience = config.limits().patience();
        this.clock = clock;
        try (var admin = Admin.create(configs.admin())) {
            var group = new ShareGroup(admin, wanted.group(), patience);
            group.prepare(wanted.start());
            this.topics = new QueueTopics(wanted.routes()).among(group.topics());
        }
        if (topics.isEmpty()) {
            throw new CaptchaException(
                    Reason.REFUSED,
                    "Kafka at " + config.bootstrapServers()
                            + " has no outcome topics: create them with './captcha topics create'");
        }
    }

    /// The next answer, if one comes in time. One at a time: what was taken before and is not settled is released.
    public synchronized Optional<Delivery> take(Duration wait) {
        if (reader == null) {
            reader = open();
        }
        if (inHand != null) {
            inHand.close();
        }
        var lent = reader.next(wait);
        inHand = lent == null ? null : new Delivery(this, lent);
        return Optional.ofNullable(inHand);
    }

    /// Has so many workers do something with every answer, each with one at a time.
    public Workers work(int workers, Worker worker) {
        return Workers.start(workers, this::open, worker, wanted.group(), patience);
    }

    /// The same, where to return from a handler is to be done with an answer, and to throw is to be not.
    public Workers handle(int workers, Consumer<? super Answer> handler) {
        return work(workers, (answer, delivery) -> {
            handler.accept(answer);
            return Verdict.ACCEPT;
        });
    }

    public QueueStats stats() {
        return counters.stats();
    }

    /// Releases what was taken and not settled. Workers end by themselves: [Workers#close].
    @Override
    public synchronized void close() {
        if (inHand != null) {
            inHand.close();
        }
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    synchronized boolean settle(Delivery delivery, Verdict verdict) {
        if (inHand != delivery || reader == null) {
            throw new IllegalStateException("this delivery is settled already");
        }
        inHand = null;
        return reader.settle(delivery.lent(), verdict);
    }

    synchronized void giveBack(Delivery delivery) {
        if (inHand == delivery) {
            settle(delivery, Verdict.RELEASE);
        }
    }

    private QueueReader open() {
        var bytes = new ByteArrayDeserializer();
        var consumer = new KafkaShareConsumer<>(configs.shareConsumer(wanted.group()), bytes, bytes);
        return new QueueReader(new ShareReader(consumer, topics), wanted, counters, clock);
    }
}
