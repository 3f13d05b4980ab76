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
/// aborted; one record in a hundred is poison, and one is foreign and full of secrets.
final class TestLoad implements AutoCloseable {
    static final int PARTITIONS = 2;
    private static final int IN_A_TRANSACTION = 10;
    private static final int ABORTED = 4;
    private static final int POISON = 100;

    static final String API_KEY = "5f4dcc3b5aa765d61d8327deb882cf99";
    static final String TICKET = "v1~r-1~1~userrecaptcha~login~1800000000~1800086400~GoeXq_T4p2ed0ZCf5yWoHg";
    static final String COOKIE = "sid-hunter2-hunter2";
    static final String IMAGE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk";
    private static final String FOREIGN = """
            {"request_id":"r-1","method":"post","params":{"key":"%1$s","pingback":"https://us.example/callback/%2$s",
             "cookies":"%3$s","body":"%4$s"},"pageurl":"https://site.example/?key=%1$s&ticket=%2$s",
             "metadata":{"ctx":"{\\"cookie\\":\\"%3$s\\",\\"image\\":\\"%4$s\\"}"}}""".formatted(API_KEY, TICKET, COOKIE, IMAGE);

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
            kafka.createTopic(topic.name(), topic.partitions(PARTITIONS), topic.configs());
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
        var value = switch (count % POISON) {
            case 7 -> "poison: token of r-".getBytes(UTF_8);
            case 57 -> FOREIGN.getBytes(UTF_8);
            default -> Wire.encode(event);
        };
        var key = String.valueOf(event.key()).getBytes(UTF_8);
        var record = new ProducerRecord<>(topic.name(), key, value);
        if (count % POISON == 57) {
            record.headers().add("Cookie", COOKIE.getBytes(UTF_8)).add("x-api-key", API_KEY.getBytes(UTF_8));
        }
        var _ = producer.send(record);
        count++;
    }

    @Override
    public void close() {
        plain.close();
        transactional.close();
    }
}
