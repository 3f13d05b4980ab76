package io.captchapipeline.kit.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits records and offsets together, one transaction at a time, on one thread.
///
/// Its transactional id is its own for its lifetime. So a producer that is opened again first settles the transaction
/// of the one before: once [#open] returns, that one is committed or aborted for good, and the group's committed
/// offsets tell which. What fences a member that lost its partitions is not this id but the group's metadata.
public final class Transactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private static final Duration TRANSACTION = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration DELIVERY = Duration.ofSeconds(4);
    private static final int REQUEST_MS = 3000;
    private static final int RETRY_MS = 5;

    /// What is known of a transaction.
    public enum Outcome {
        COMMITTED,
        /// It is certain that it was not, and will not be.
        NOT_COMMITTED,
        /// The broker did not say.
        UNKNOWN
    }

    private final Map<String, Object> configs;
    private final Function<Map<String, Object>, Producer<byte[], byte[]>> producers;
    private @Nullable Producer<byte[], byte[]> producer;

    public Transactions(String name, KafkaClients clients) {
        this(
                name,
                clients,
                configs -> new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /// @param producers makes a producer of its settings
    public Transactions(
            String name, KafkaClients clients, Function<Map<String, Object>, Producer<byte[], byte[]>> producers) {
        this.configs = clients.producer(configs(name));
        this.producers = producers;
    }

    /// Waits for what this one left behind, and begins anew. Throws when the broker does not answer.
    public void open() {
        close();
        var opened = producers.apply(configs);
        producer = opened;
        opened.initTransactions();
    }

    /// After anything but [Outcome#COMMITTED] it has to be opened again.
    public Outcome commit(
            Collection<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata as) {
        var open = producer;
        if (open == null) {
            return Outcome.NOT_COMMITTED;
        }
        try {
            open.beginTransaction();
            for (var sent : records) {
                var _ = open.send(sent); // commitTransaction fails when this does
            }
            open.sendOffsetsToTransaction(offsets, as);
        } catch (RuntimeException e) {
            return told(Outcome.NOT_COMMITTED, e);
        }
        try {
            open.commitTransaction();
            return Outcome.COMMITTED;
        } catch (RuntimeException e) {
            return told(Outcome.UNKNOWN, e);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private static Outcome told(Outcome outcome, RuntimeException e) {
        LOG.atWarn()
                .addKeyValue("outcome", outcome)
                .addKeyValue("reason", e.getClass().getSimpleName())
                .log("A transaction did not get through");
        return outcome;
    }

    private static Map<String, Object> configs(String name) {
        return Map.ofEntries(
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, name),
                Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name + "-" + UUID.randomUUID()),
                Map.entry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(TRANSACTION.toMillis())),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 0),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis()),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(DELIVERY.toMillis())),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS),
                Map.entry(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_MS),
                Map.entry(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Publishing.NEVER_IDLE_MS),
                Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Publishing.MAX_REQUEST_BYTES));
    }
}
