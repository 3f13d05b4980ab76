package io.captchapipeline.client;

import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a group wants of the records it is lent: no outcomes of other routes, no solutions that nobody can use any
/// more,
/// nothing that is no outcome. All of these are settled here, and counted.
final class QueueReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);

    private final ShareReader reader;
    private final QueueConfig wanted;
    private final QueueCounters counters;
    private final Clock clock;

    QueueReader(ShareReader reader, QueueConfig wanted, QueueCounters counters, Clock clock) {
        this.reader = reader;
        this.wanted = wanted;
        this.counters = counters;
        this.clock = clock;
    }

    /// The next answer of use, if one comes in time. The one before must be settled.
    @Nullable
    Lent next(Duration wait) {
        var until = System.nanoTime() + wait.toNanos();
        do {
            var record = reader.next(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            var lent = record == null ? null : sorted(record);
            if (lent != null) {
                counters.delivered.incrementAndGet();
                return lent;
            }
        } while (System.nanoTime() < until);
        return null;
    }

    /// @return false when the broker has given it to somebody else meanwhile
    boolean settle(Lent lent, Verdict verdict) {
        return kept(reader.settle(lent.record(), inKafkasWords(verdict)), lent);
    }

    /// Keeps it for longer.
    ///
    /// @return false when the broker has given it to somebody else meanwhile
    boolean renew(Lent lent, Duration patience) {
        return kept(reader.renew(lent.record(), patience), lent);
    }

    Duration lock() {
        return reader.lock();
    }

    @Override
    public void close() {
        reader.close();
    }

    private @Nullable Lent sorted(ConsumerRecord<byte[], byte[]> record) {
        var answer = read(record);
        if (answer.isEmpty()) {
            counters.unreadable.incrementAndGet();
            reader.settle(record, AcknowledgeType.REJECT);
            return null;
        }
        if (isOfAnotherRoute(answer.get())) {
            counters.otherRoutes.incrementAndGet();
            reader.settle(record, AcknowledgeType.ACCEPT);
            return null;
        }
        if (answer.get() instanceof Answer.Solved solved && solved.isExpired(clock.instant())) {
            counters.expired.incrementAndGet();
            reader.settle(record, AcknowledgeType.ACCEPT);
            wanted.expired().accept(solved);
            return null;
        }
        return new Lent(record, answer.get(), record.deliveryCount().orElse((short) 1));
    }

    private boolean isOfAnotherRoute(Answer answer) {
        return !wanted.routes().isEmpty()
                && answer.route().filter(wanted.routes()::contains).isEmpty();
    }

    private static Optional<Answer> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(Answer.of(Wire.decode(Outcome.class, record.value())));
        } catch (UnreadableRecord e) {
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("Rejected a record that is no outcome");
            return Optional.empty();
        }
    }

    private boolean kept(boolean kept, Lent lent) {
        if (!kept) {
            counters.lost.incrementAndGet();
            LOG.atWarn()
                    .addKeyValue("group", wanted.group())
                    .addKeyValue("request_id", lent.answer().requestId())
                    .log("The broker has given this answer to another worker");
        }
        return kept;
    }

    private static AcknowledgeType inKafkasWords(Verdict verdict) {
        return switch (verdict) {
            case ACCEPT -> AcknowledgeType.ACCEPT;
            case RELEASE -> AcknowledgeType.RELEASE;
            case REJECT -> AcknowledgeType.REJECT;
        };
    }
}
