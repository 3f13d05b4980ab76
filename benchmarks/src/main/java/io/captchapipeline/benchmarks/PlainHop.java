package io.captchapipeline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The floor: a record as large as an outcome is produced with acks=all and consumed, on the same broker. A latency
/// counts from when the record was due.
final class PlainHop {
    private static final String TOPIC = "benchmark-plain-hop";
    private static final int BYTES = 900;
    private static final long NANOS = 1_000_000_000L;

    private final String servers;
    private final int rate;

    private PlainHop(String servers, int rate) {
        this.servers = servers;
        this.rate = rate;
    }

    static PlainHop on(String servers, int rate) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(6), Optional.empty())))
                    .all()
                    .get();
        }
        return new PlainHop(servers, rate);
    }

    void run(String series, int seconds, Histogram micros) {
        int count = rate * seconds;
        var value = new byte[BYTES];
        new Random(1).nextBytes(value);
        try (var arrivals = Arrivals.on(servers, TOPIC, series, count);
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", servers, "acks", "all", "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.partitionsFor(TOPIC);
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                for (long wait = due(begin, i) - System.nanoTime();
                        wait > 0;
                        wait = due(begin, i) - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                var _ = producer.send(new ProducerRecord<>(TOPIC, (series + "-" + i).getBytes(UTF_8), value));
            }
            producer.flush();
            arrivals.awaitAll();
            for (int i = 0; i < count; i++) {
                micros.recordValue((arrivals.at(i) - due(begin, i)) / 1000);
            }
        }
    }

    private long due(long begin, int number) {
        return begin + number * NANOS / rate;
    }
}
