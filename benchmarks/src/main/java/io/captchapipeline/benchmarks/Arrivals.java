package io.captchapipeline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// When each record of a series became readable for whoever reads what is committed. Their keys are `SERIES-NUMBER`.
final class Arrivals implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 10_000_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String prefix;
    private final AtomicLongArray nanos;
    private final AtomicInteger missing;
    private final AtomicInteger doubled = new AtomicInteger();
    private final Thread thread;
    private volatile boolean over;

    private Arrivals(KafkaConsumer<byte[], byte[]> consumer, String series, int count) {
        this.consumer = consumer;
        this.prefix = series + "-";
        this.nanos = new AtomicLongArray(count);
        this.missing = new AtomicInteger(count);
        this.thread = Thread.ofPlatform().name("arrivals").unstarted(this::read);
    }

    /// Of what is written from now on.
    static Arrivals on(String servers, String topic, String series, int count) {
        var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        var arrivals = new Arrivals(consumer, series, count);
        arrivals.thread.start();
        return arrivals;
    }

    /// Nanoseconds of [System#nanoTime].
    long at(int number) {
        return nanos.get(number);
    }

    /// How many came from one moment to another.
    int between(long from, long until) {
        int came = 0;
        for (int i = 0; i < nanos.length(); i++) {
            long at = nanos.get(i);
            if (at != 0 && at - from >= 0 && at - until < 0) {
                came++;
            }
        }
        return came;
    }

    /// Returns when every one of them has come, once.
    void awaitAll() {
        if (awaitMost(PATIENCE) > 0) {
            throw new IllegalStateException(missing + " records are missing, " + doubled + " came again");
        }
    }

    /// Returns how many are missing or came again, when all have come or time is up.
    int awaitMost(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (missing.get() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return missing.get() + doubled.get();
    }

    /// When the last of them came.
    long last() {
        long last = nanos.get(0);
        for (int i = 1; i < nanos.length(); i++) {
            last = Math.max(last, nanos.get(i));
        }
        return last;
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }

    private void read() {
        while (!over) {
            var records = consumer.poll(POLL);
            long now = System.nanoTime();
            for (var record : records) {
                var key = new String(record.key(), UTF_8);
                if (key.startsWith(prefix)) {
                    came(Integer.parseInt(key.substring(prefix.length())), now);
                }
            }
        }
    }

    private void came(int number, long now) {
        if (nanos.compareAndSet(number, 0, now)) {
            missing.decrementAndGet();
        } else {
            doubled.incrementAndGet();
        }
    }
}
