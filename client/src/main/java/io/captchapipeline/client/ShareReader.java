package io.captchapipeline.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jspecify.annotations.Nullable;

/// One member of a group: takes one record, keeps it as long as it needs to, and says what became of it. Not for
/// several
/// threads at once.
final class ShareReader implements AutoCloseable {
    private static final int USUAL_LOCK_MS = 30_000;
    private static final Duration RETURN = Duration.ofMillis(50);
    /// A fetch that brings only the marker of a transaction ends the asking of a poll: a longer one waits for nothing.
    private static final Duration LONGEST_POLL = Duration.ofMillis(50);

    private final ShareConsumer<byte[], byte[]> consumer;

    ShareReader(ShareConsumer<byte[], byte[]> consumer, Collection<String> topics) {
        this.consumer = consumer;
        consumer.subscribe(topics);
    }

    /// The next record, if there is one soon. The one before must be settled.
    @Nullable
    ConsumerRecord<byte[], byte[]> next(Duration wait) {
        var records = consumer.poll(wait.compareTo(LONGEST_POLL) < 0 ? wait : LONGEST_POLL)
                .iterator();
        return records.hasNext() ? records.next() : null;
    }

    /// @return false when the broker has given it to somebody else meanwhile
    boolean settle(ConsumerRecord<byte[], byte[]> record, AcknowledgeType verdict) {
        consumer.acknowledge(record, verdict);
        return consumer.commitSync().values().stream().noneMatch(Optional::isPresent);
    }

    /// Keeps it for as long again as the broker lends a record.
    ///
    /// @return false when the broker has given it to somebody else meanwhile
    boolean renew(ConsumerRecord<byte[], byte[]> record, Duration patience) {
        if (!settle(record, AcknowledgeType.RENEW)) {
            return false;
        }
        var until = System.nanoTime() + patience.toNanos();
        while (next(RETURN) == null) {
            if (System.nanoTime() > until) {
                return false;
            }
        }
        return true;
    }

    /// For how long the broker lends a record.
    Duration lock() {
        return Duration.ofMillis(consumer.acquisitionLockTimeoutMs().orElse(USUAL_LOCK_MS));
    }

    /// Gives back what is not settled.
    @Override
    public void close() {
        consumer.close();
    }
}
