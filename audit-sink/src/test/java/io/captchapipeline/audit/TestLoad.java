package io.captchapipeline.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.KafkaCluster;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Writes to the audited topics as the pipeline does: some topics plainly, some in transactions of which one in four is
/// aborted; one record in a hundred is poison.
final class TestLoad implements AutoCloseable {
    static final int PARTITIONS = 2;
    private static final int IN_A_TRANSACTION = 10;
    private static final int ABORTED = 4;
    private static final int POISON = 100;

    private final KafkaCluster kafka;
    private final KafkaProducer<byte[], byte[]> plain;
    private final KafkaProducer<byte[], byte[]> transactional;
    private int count;
    private int transactions;

    TestLoad(KafkaCluster kafka) {
        this.kafka = kafka;
        plain = kafka.producer(Map.of());
        transactional = kafka.producer(Map.of("transactional.id", kafka.uniqueName("load")));
        transactional.initTransactions();
    }

    static void createTopics(KafkaCluster kafka) {
        for (var topic : Topics.all()) {
            kafka.createTopic(topic.name(), PARTITIONS, topic.configs());
        }
    }

    /// At least so many records; returns when the broker has them.
    void write(int records) {
        for (int end = count + records; count < end; ) {
            writeSome();
        }
        plain.flush();
    }

    /// Where everything lies that a reader of committed records sees.
    Set<String> committed() {
        var all = new TreeSet<String>();
        for (var topic : Pipeline.AUDIT_SINK.reads()) {
            kafka.readAll(topic.name())
                    .forEach(record -> all.add(record.topic() + "-" + record.partition() + "@" + record.offset()));
        }
        return all;
    }

    private void writeSome() {
        send(plain, Topics.SUBMIT, Records.request("r-" + count));
        send(plain, Topics.RESULTS, Records.solved("r-" + count));
        transactional.beginTransaction();
        for (int i = 0; i < IN_A_TRANSACTION; i++) {
            send(transactional, Topics.ATTEMPTS, Records.attempt("r-" + count, 1));
            send(transactional, Topics.SOLVED, Records.outcome("r-" + count, 1));
        }
        if (transactions++ % ABORTED == 1) {
            transactional.flush();
            transactional.abortTransaction();
        } else {
            transactional.commitTransaction();
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, Topic<?> topic, Event event) {
        var value = count % POISON == 7 ? "poison: token of r-".getBytes(UTF_8) : Wire.encode(event);
        var key = String.valueOf(event.key()).getBytes(UTF_8);
        var _ = producer.send(new ProducerRecord<>(topic.name(), key, value));
        count++;
    }

    @Override
    public void close() {
        plain.close();
        transactional.close();
    }
}
