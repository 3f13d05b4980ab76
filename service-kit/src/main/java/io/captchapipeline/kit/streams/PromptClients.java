package io.captchapipeline.kit.streams;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/// Kafka's own clients, but that a stream thread's consumer asks for commits: at once for what comes after a pause, and
/// else as soon as all that was read is worked on, however little or much it was. And what did not move since the last
/// commit is not committed again.
record PromptClients(Worked worked) implements KafkaClientSupplier {

    /// A broker still ends a transaction when it has confirmed it, and the next one waits for that.
    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(2);

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new CommittingMovedOffsets(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new AskingForCommits(config, worked);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Kafka Streams hands over an offset for each topic of a task, of which most have nothing new.
    private static final class CommittingMovedOffsets extends KafkaProducer<byte[], byte[]> {

        private final MovedOffsets offsets = new MovedOffsets();

        CommittingMovedOffsets(Map<String, Object> config) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> reached, ConsumerGroupMetadata member) {
            super.sendOffsetsToTransaction(offsets.moved(reached, MovedOffsets.Member.of(member)), member);
        }

        @Override
        public void commitTransaction() {
            super.commitTransaction();
            offsets.committed();
        }

        @Override
        public void abortTransaction() {
            offsets.forget();
            super.abortTransaction();
        }
    }

    /// Between two of its polls the thread works on what was read, and commits if it was asked to.
    private static final class AskingForCommits extends KafkaConsumer<byte[], byte[]> {

        private final Worked worked;
        private long committed = System.nanoTime();

        AskingForCommits(Map<String, Object> config, Worked worked) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            this.worked = worked;
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (worked.wasAsked()) {
                committed = System.nanoTime();
            }
            var read = super.poll(worked.isUnasked() ? untilCommit() : timeout);
            if (!read.isEmpty() && untilDue().isNegative()) {
                worked.letFirstsAsk();
            }
            return read;
        }

        /// Nothing is left to be worked on: now, or as soon as the last commit is long enough ago. A consumer waits for
        /// whole milliseconds, and returns at once for less.
        private Duration untilCommit() {
            var left = untilDue().toMillis();
            if (left > 0) {
                return Duration.ofMillis(left);
            }
            worked.askForCommit();
            return Duration.ZERO;
        }

        private Duration untilDue() {
            return BETWEEN_COMMITS.minusNanos(System.nanoTime() - committed);
        }
    }
}
