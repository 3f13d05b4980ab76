package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// All dead letters back to where they came from, each once, however often it is called. A page of them is sent in one
/// transaction with the offsets of a group, which remember it.
final class Resending {

    private static final String GROUP = "captcha-dead-letters-replay";
    private static final int PAGE = 100;
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int TRANSACTION_MS = 60_000;

    private final KafkaClients kafka;
    private final List<String> passedOver = new ArrayList<>();
    private int sent;

    private Resending(KafkaClients kafka) {
        this.kafka = kafka;
    }

    /// @throws StartFailure when the broker fails in between; what was sent by then is not sent again
    static Resending ofAll(KafkaClients kafka) {
        var replay = new Resending(kafka);
        try (var consumer = replay.consumer();
                var producer = replay.producer()) {
            // From here on an earlier replay is fenced, so what it has not committed by now it never will.
            producer.initTransactions();
            replay.run(consumer, producer);
        } catch (KafkaException e) {
            throw replay.broken(e);
        }
        return replay;
    }

    int sent() {
        return sent;
    }

    /// Those that cannot be sent back, and why; a later replay does not look at them again.
    List<String> passedOver() {
        return List.copyOf(passedOver);
    }

    private void run(KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer) {
        var topics = consumer.listTopics(PATIENCE).keySet();
        var due = Stretch.of(consumer, kafka, DeadLetterBox.TOPIC, remembered(consumer));
        for (var page = due.next(); !page.isEmpty(); page = due.next()) {
            producer.beginTransaction();
            var letters = sendable(page, topics);
            letters.forEach(letter -> {
                var _ = producer.send(letter.original());
            });
            producer.sendOffsetsToTransaction(behind(page), consumer.groupMetadata());
            producer.commitTransaction();
            sent += letters.size();
        }
    }

    private List<Letter> sendable(List<ConsumerRecord<byte[], byte[]>> page, Set<String> topics) {
        var letters = new ArrayList<Letter>();
        for (var record : page) {
            var letter = new Letter(record);
            var hindrance = letter.hindrance()
                    .or(() -> topics.contains(letter.topic())
                            ? Optional.empty()
                            : Optional.of("there is no topic " + letter.topic()));
            hindrance.ifPresentOrElse(reason -> passedOver.add(letter.id() + ": " + reason), () -> letters.add(letter));
        }
        return letters;
    }

    private static Map<TopicPartition, OffsetAndMetadata> behind(List<ConsumerRecord<byte[], byte[]>> page) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        page.forEach(record -> offsets.put(new Letter(record).place(), new OffsetAndMetadata(record.offset() + 1)));
        return offsets;
    }

    private static Map<TopicPartition, Long> remembered(KafkaConsumer<byte[], byte[]> consumer) {
        var offsets = new HashMap<TopicPartition, Long>();
        consumer.committed(Set.copyOf(Tail.partitions(consumer, DeadLetterBox.TOPIC)), PATIENCE)
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        offsets.put(partition, offset.offset());
                    }
                });
        return offsets;
    }

    private StartFailure broken(KafkaException e) {
        var reason = NoBroker.at(kafka, e);
        return sent == 0
                ? reason
                : new StartFailure(
                        reason.getMessage() + " (" + sent + " records were sent back before, and are not sent again)",
                        e);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                kafka.consumer(Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        GROUP,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        PAGE)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /// One at a time: a second replay fences the first, and nothing is sent twice.
    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                kafka.producer(Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        GROUP,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        MOST_BYTES,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        PATIENCE.toMillis(),
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        TRANSACTION_MS)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
