package io.captchapipeline.kit.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.Running;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.captchapipeline.testkit.promise.WorkedAtMostOnce;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithKafka(own = true)
@Timeout(180)
class MarkAndOffsetInOneTransactionIT {

    private static final int RECORDS = 600;
    private static final Duration SOON = Duration.ofMillis(20);

    private final WorkedAtMostOnce promise = new WorkedAtMostOnce();
    private final Set<String> worked = ConcurrentHashMap.newKeySet();
    private final KafkaCluster kafka;
    private Bed bed;

    MarkAndOffsetInOneTransactionIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        bed = Bed.with(kafka.bootstrapServers(), 3);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void through_restarts_of_broker_and_loop_marks_and_offsets_agree() throws Exception {
        var permits = new Semaphore(16);
        write(0, RECORDS);
        var first = started(limitedBy(permits));
        awaitWorked(RECORDS / 4);
        kafka.stop();
        kafka.start();
        awaitWorked(RECORDS / 2);
        first.close();
        assertThat(bed.committedSum()).isEqualTo(kafka.readAll(bed.marks.name()).size());
        var second = started(limitedBy(permits));
        await().atMost(Bed.PATIENCE).until(() -> bed.committedSum() == RECORDS);
        second.close();

        kafka.readAll(bed.marks.name()).forEach(mark -> promise.marked(Bed.id(mark.value())));
        promise.verify();
        assertThat(permits.availablePermits()).isEqualTo(16);
    }

    @Test
    void a_work_finds_its_mark_committed() throws Exception {
        var found = new AtomicReference<List<String>>();
        bed.write("k", "r-0");

        var loop = started((received, _) -> new Claim.Take(
                List.of(bed.mark(received)),
                () -> found.set(kafka.readAll(bed.marks.name()).stream()
                        .map(mark -> Bed.id(mark.value()))
                        .toList())));
        await().atMost(Bed.PATIENCE).until(() -> found.get() != null);
        loop.close();

        assertThat(found.get()).containsExactly("r-0");
        assertThat(bed.committedSum()).isEqualTo(1);
    }

    @Test
    void what_is_passed_dead_or_unreadable_has_its_records_and_its_offset() throws Exception {
        bed.write("k", "pass");
        bed.write("k", "dead");
        bed.writeBytes("k", "no JSON".getBytes(UTF_8));
        bed.write("k", "take");

        var loop = started((received, _) -> switch (Bed.id(received)) {
            case "pass" -> new Claim.Pass(List.of(bed.mark(received)));
            case "dead" -> new Claim.Dead("declared so");
            default -> new Claim.Take(List.of(), () -> worked.add("take"));
        });
        awaitWorked(1);
        loop.close();

        assertThat(bed.committedSum()).isEqualTo(4);
        assertThat(kafka.readAll(bed.marks.name()))
                .singleElement()
                .satisfies(mark -> assertThat(Bed.id(mark.value())).isEqualTo("pass"));
        assertThat(kafka.readAll(Topics.DEAD_LETTERS.name()))
                .map(letter ->
                        new String(letter.headers().lastHeader("dlq.reason").value(), UTF_8))
                .containsExactly("declared so", "not JSON, at byte 0");
    }

    @Test
    void what_waits_holds_its_own_partition_and_no_other() throws Exception {
        var waits = bed.write("k-0", "waits");
        for (int i = 0; i < 5; i++) {
            bed.write(keyElsewhere("k-0"), "other-" + i);
        }
        var mayGo = new CountDownLatch(1);
        var loop = started((received, _) -> Bed.id(received).equals("waits") && mayGo.getCount() > 0
                ? new Claim.Wait(SOON)
                : new Claim.Take(List.of(), () -> worked.add(Bed.id(received))));

        awaitWorked(5);
        assertThat(worked).doesNotContain("waits");
        assertThat(bed.committed()).doesNotContainKey(waits.partition());
        assertThat(Bed.health(loop).up()).isTrue();

        mayGo.countDown();
        await().atMost(Bed.PATIENCE).until(() -> worked.contains("waits"));
        loop.close();
    }

    /// With one permit, and both partitions asked for before anything is taken.
    @Test
    void partitions_take_turns_at_the_room_there_is() throws Exception {
        var permit = new Semaphore(1);
        var asked = ConcurrentHashMap.<Integer>newKeySet();
        var order = new ConcurrentLinkedQueue<Integer>();
        var other = keyElsewhere("k");
        for (int i = 0; i < 6; i++) {
            bed.write("k", "here-" + i);
            bed.write(other, "there-" + i);
        }

        var loop = started((received, _) -> {
            var partition = received.origin().partition();
            asked.add(partition);
            if (asked.size() < 2 || !permit.tryAcquire()) {
                return new Claim.Wait(asked.size() < 2 ? SOON : Bed.PATIENCE);
            }
            Runnable work = () -> {
                order.add(partition);
                permit.release();
            };
            return new Claim.Take(List.of(), work, permit::release);
        });
        await().atMost(Bed.PATIENCE).until(() -> order.size() == 12);
        loop.close();

        var afterTheFirst = order.stream().skip(1).limit(4);
        assertThat(afterTheFirst).contains(partition("k"), partition(other));
    }

    @Test
    void a_claimant_that_throws_is_asked_again_with_health_down_and_nothing_is_skipped() throws Exception {
        var asked = new AtomicInteger();
        var broken = new CountDownLatch(1);
        bed.write("k", "r-0");
        bed.write("k", "r-1");
        var loop = started((received, _) -> {
            if (Bed.id(received).equals("r-0") && broken.getCount() > 0) {
                asked.incrementAndGet();
                throw new IllegalStateException("the secret is 42");
            }
            return new Claim.Take(List.of(), () -> worked.add(Bed.id(received)));
        });

        await().atMost(Bed.PATIENCE).until(() -> asked.get() >= 3);
        assertThat(Bed.health(loop).up()).isFalse();
        assertThat(Bed.health(loop).data()).containsEntry("reason", "its records are retried: IllegalStateException");
        assertThat(worked).isEmpty();
        assertThat(bed.committedSum()).isZero();

        broken.countDown();
        awaitWorked(2);
        assertThat(Bed.health(loop).up()).isTrue();
        loop.close();
    }

    @Test
    void closing_waits_for_the_works_that_run() throws Exception {
        var began = new CountDownLatch(1);
        var released = new Semaphore(0);
        bed.write("k", "r-0");
        var loop = started((received, _) -> new Claim.Take(List.of(), () -> {
            began.countDown();
            released.acquireUninterruptibly();
            worked.add(Bed.id(received));
        }));
        began.await();

        var closing = Bed.closing(loop);
        released.release();
        closing.join();

        assertThat(worked).containsExactly("r-0");
    }

    private Running started(Claimant<Result> claimant) {
        var loop = bed.claims(claimant);
        loop.start();
        return loop;
    }

    private Claimant<Result> limitedBy(Semaphore permits) {
        return (received, _) -> permits.tryAcquire()
                ? new Claim.Take(List.of(bed.mark(received)), () -> work(received, permits), permits::release)
                : new Claim.Wait(Duration.ofSeconds(10));
    }

    private void work(Received<Result> received, Semaphore permits) {
        promise.worked(Bed.id(received));
        worked.add(Bed.id(received));
        pause(SOON);
        permits.release();
    }

    /// Of which nothing else is known than that it lies in another partition.
    private String keyElsewhere(String key) {
        var partition = partition(key);
        for (var i = 0; ; i++) {
            if (partition("k-" + i) != partition) {
                return "k-" + i;
            }
        }
    }

    private static int partition(String key) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), 3);
    }

    private void write(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            promise.written("r-" + i);
            bed.write("k-" + i, "r-" + i);
        }
    }

    private void awaitWorked(int count) {
        await().atMost(Bed.PATIENCE).until(() -> worked.size() >= count);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
