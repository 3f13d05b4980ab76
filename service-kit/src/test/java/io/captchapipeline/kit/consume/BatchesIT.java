package io.captchapipeline.kit.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.ManualClock;
import io.captchapipeline.testkit.WithKafka;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A handler of batches keeps the offsets: what it has is what it was given, once each and in order, whatever it does.
@WithKafka(own = true)
@Timeout(180)
class BatchesIT {

    private static final int PARTITIONS = 2;
    private static final int A_BATCH = 1_000;

    private final KafkaCluster kafka;
    private final Store store = new Store();
    private Bed bed;

    BatchesIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        bed = Bed.with(kafka.bootstrapServers(), PARTITIONS);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void each_record_is_stored_once_through_restarts_and_kafka_keeps_no_offset() throws Exception {
        write(0, 300);
        try (var consumer = started()) {
            awaitStored(300);
            assertThat(Bed.health(consumer).up()).isTrue();
        }
        write(300, 600);
        try (var _ = started()) {
            awaitStored(600);
        }

        store.isInOrder();
        assertThat(bed.committed()).isEmpty();
    }

    @Test
    void what_the_handler_throws_turns_health_down_and_nothing_is_skipped() throws Exception {
        write(0, 50);
        store.broken = true;
        try (var consumer = started()) {
            await().atMost(Bed.PATIENCE)
                    .untilAsserted(() -> assertThat(Bed.health(consumer).up()).isFalse());
            assertThat(Bed.health(consumer).data()).containsEntry("reason", "the store is away");
            write(50, 100);

            store.broken = false;
            awaitStored(100);
            await().atMost(Bed.PATIENCE)
                    .untilAsserted(() -> assertThat(Bed.health(consumer).up()).isTrue());
        }
        store.isInOrder();
    }

    @Test
    void a_handler_that_hangs_turns_health_down_and_what_waits_is_stored_once_it_goes_on() throws Exception {
        var clock = ManualClock.at(Instant.parse("2026-11-01T12:00:00Z"));
        store.hangs = true;
        write(0, 3 * A_BATCH);
        try (var consumer = started(clock)) {
            await().atMost(Bed.PATIENCE).until(() -> store.handed.get() > 0);
            assertThat(Bed.health(consumer).up()).isTrue();
            clock.advance(Duration.ofSeconds(6));

            assertThat(Bed.health(consumer).up()).isFalse();
            assertThat(store.handed).hasValue(1);

            store.hangs = false;
            awaitStored(3 * A_BATCH);
            await().atMost(Bed.PATIENCE)
                    .untilAsserted(() -> assertThat(Bed.health(consumer).up()).isTrue());
        }
        store.isInOrder();
    }

    @Test
    void while_nothing_can_be_stored_one_batch_is_held_and_nothing_more_is_read() throws Exception {
        store.broken = true;
        write(0, A_BATCH);
        try (var _ = started()) {
            await().atMost(Bed.PATIENCE).until(() -> store.handed.get() >= 3);
            var fetches = fetches();
            write(A_BATCH, 3 * A_BATCH);
            int tries = store.handed.get();
            await().atMost(Bed.PATIENCE).until(() -> store.handed.get() >= tries + 3);

            assertThat(fetches()).isEqualTo(fetches);
            assertThat(store.largest).hasValueLessThanOrEqualTo(A_BATCH);

            store.broken = false;
            awaitStored(3 * A_BATCH);
        }
        store.isInOrder();
    }

    @Test
    void who_is_no_longer_the_owner_asks_where_to_read_on() throws Exception {
        write(0, 50);
        store.refusals = 3;
        try (var _ = started()) {
            awaitStored(50);
        }
        store.isInOrder();
        assertThat(store.refusals).isZero();
        assertThat(store.asked).isGreaterThan(3);
    }

    @Test
    void what_a_topic_dropped_is_told_and_the_rest_is_read() throws Exception {
        write(0, 100);
        try (var _ = started()) {
            awaitStored(100);
        }
        write(100, 200);
        try (var admin = kafka.admin()) {
            var ends = new HashMap<TopicPartition, RecordsToDelete>();
            for (int number = 0; number < PARTITIONS; number++) {
                ends.put(new TopicPartition(bed.topic.name(), number), RecordsToDelete.beforeOffset(-1));
            }
            admin.deleteRecords(ends).all().get();
        }
        write(200, 300);
        try (var _ = started()) {
            awaitStored(200);
        }
        assertThat(store.missed).isEqualTo(100);
    }

    @Test
    void a_topic_that_was_made_anew_is_not_read_as_if_it_were_the_old_one() throws Exception {
        write(0, 20);
        store.pretend(new Partition(bed.topic.name(), 0), 1_000);
        try (var consumer = started()) {
            await().atMost(Bed.PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    String.valueOf(Bed.health(consumer).data().get("reason")))
                            .contains("made anew"));
            await().atMost(Bed.PATIENCE).until(() -> store.count() > 0);
            assertThat(store.partitions()).containsExactly(new Partition(bed.topic.name(), 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void who_gives_a_partition_away_while_nothing_can_be_stored_reads_on_what_stays(int partition) throws Exception {
        store.broken = true;
        for (int i = 0; i < 50; i++) {
            bed.write(keyOf(partition), Integer.toString(i));
        }
        try (var _ = started()) {
            await().atMost(Bed.PATIENCE).until(() -> store.handed.get() > 0);
            try (var _ = started()) {
                await().atMost(Bed.PATIENCE).until(() -> bed.members() == 2);
                int tries = store.handed.get();
                await().atMost(Bed.PATIENCE).until(() -> store.handed.get() > tries + 3);

                store.broken = false;
                awaitStored(50);
                for (int i = 0; i < 50; i++) {
                    bed.write(keyOf(i % PARTITIONS), Integer.toString(50 + i));
                }
                awaitStored(100);
            }
        }
        store.isInOrder();
    }

    @Test
    void an_error_is_a_failure_like_any_other() throws Exception {
        store.error = new StackOverflowError("too deep");
        write(0, 50);
        try (var consumer = started()) {
            await().atMost(Bed.PATIENCE)
                    .untilAsserted(() -> assertThat(Bed.health(consumer).data()).containsEntry("reason", "too deep"));
            assertThat(Bed.health(consumer).up()).isFalse();

            store.error = null;
            awaitStored(50);
        }
        store.isInOrder();
    }

    @Test
    void an_error_while_it_is_asked_where_to_read_on_is_too() throws Exception {
        store.errorOfPositions = new NoClassDefFoundError("half an installation");
        write(0, 50);
        try (var consumer = started()) {
            await().atMost(Bed.PATIENCE)
                    .untilAsserted(() -> assertThat(Bed.health(consumer).up()).isFalse());

            store.errorOfPositions = null;
            awaitStored(50);
        }
        store.isInOrder();
    }

    @Test
    void how_large_batches_are_and_how_long_they_take_is_measured() throws Exception {
        write(0, 300);
        try (var _ = started()) {
            awaitStored(300);
            var batches = store.handed.get();
            await().atMost(Bed.PATIENCE)
                    .untilAsserted(() -> assertThat(bed.registry
                                    .get("captcha.batch.records")
                                    .summary()
                                    .totalAmount())
                            .isEqualTo(300));
            assertThat(bed.registry.get("captcha.batch.records").summary().count())
                    .isEqualTo(batches);
            assertThat(bed.registry.get("captcha.batch.time").timer().count()).isEqualTo(batches);
            assertThat(bed.registry.get("captcha.batch.time").timer().totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
        }
    }

    /// One that is written to this partition.
    private static String keyOf(int partition) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "k-" + i)
                .filter(key -> Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % PARTITIONS == partition)
                .findFirst()
                .orElseThrow();
    }

    private BatchConsumer started() {
        return started(Clock.systemUTC());
    }

    private BatchConsumer started(Clock clock) {
        var consumer = new BatchConsumer(bed.group(), bed.clients, List.of(bed.topic), store, clock, bed.registry);
        consumer.start();
        return consumer;
    }

    private void write(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            bed.write("k-" + i % 10, Integer.toString(i));
        }
    }

    /// How often the broker was asked for records and answered, by the consumer's own figures.
    private double fetches() throws JMException {
        var figures = new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,client-id=" + bed.group());
        return (double) ManagementFactory.getPlatformMBeanServer().getAttribute(figures, "fetch-total");
    }

    private void awaitStored(int count) {
        await().atMost(Bed.PATIENCE).until(() -> store.count() >= count);
        assertThat(store.count()).isEqualTo(count);
    }

    /// A store in memory that keeps the offsets with the records, and is a nuisance when told.
    private static final class Store implements BatchHandler {

        private final Map<Partition, Long> next = new HashMap<>();
        private final List<RawRecord> stored = new ArrayList<>();
        private volatile boolean broken;
        private volatile boolean hangs;
        private volatile @Nullable Error error;
        private volatile @Nullable Error errorOfPositions;
        private final AtomicInteger handed = new AtomicInteger();
        private final AtomicInteger largest = new AtomicInteger();
        private volatile int refusals;
        private volatile int asked;
        private volatile long missed;

        @Override
        public synchronized Map<Partition, Long> positions(Set<Partition> assigned) {
            asked++;
            if (errorOfPositions != null) {
                throw errorOfPositions;
            }
            return Map.copyOf(next);
        }

        @Override
        public Taken take(Batch batch) {
            handed.incrementAndGet();
            largest.accumulateAndGet(batch.records().size(), Math::max);
            await().atMost(Bed.PATIENCE).until(() -> !hangs);
            return store(batch);
        }

        private synchronized Taken store(Batch batch) {
            if (error != null) {
                throw error;
            }
            if (broken) {
                throw new IllegalStateException("the store is away");
            }
            if (refusals > 0) {
                refusals--;
                return Taken.NOT_OWNER;
            }
            stored.addAll(batch.records());
            batch.records().forEach(record -> next.put(record.partition(), record.offset() + 1));
            return Taken.STORED;
        }

        @Override
        public synchronized void missed(Partition partition, long from, long until) {
            missed += until - from;
        }

        synchronized void pretend(Partition partition, long position) {
            next.put(partition, position);
        }

        synchronized int count() {
            return stored.size();
        }

        synchronized Set<Partition> partitions() {
            return new Batch(stored).partitions();
        }

        synchronized void isInOrder() {
            new Batch(stored).byPartition().values().forEach(records -> {
                assertThat(records).extracting(RawRecord::offset).isSorted().doesNotHaveDuplicates();
                assertThat(records)
                        .allSatisfy(record ->
                                assertThat(new String(record.key(), UTF_8)).startsWith("k-"));
            });
        }
    }
}
