package io.captchapipeline.kit.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.Running;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.captchapipeline.testkit.promise.OffsetsBehindDone;
import io.captchapipeline.testkit.promise.Origin;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithKafka
@Timeout(180)
class OffsetsBehindWhatIsDoneIT {

    private static final int RECORDS = 1500;
    private static final int KEYS = 60;

    private final OffsetsBehindDone promise = new OffsetsBehindDone();
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final Random random = new Random(7);
    private final AtomicBoolean sampling = new AtomicBoolean(true);
    private final String bootstrapServers;
    private Bed bed;

    OffsetsBehindWhatIsDoneIT(KafkaCluster kafka) {
        bootstrapServers = kafka.bootstrapServers();
    }

    @BeforeEach
    void open() {
        bed = Bed.with(bootstrapServers, 3);
    }

    @AfterEach
    void close() {
        sampling.set(false);
        bed.close();
    }

    @Test
    void through_failures_rebalances_and_restarts_no_offset_passes_what_is_not_done() throws Exception {
        for (int i = 0; i < RECORDS; i++) {
            promise.written(Origin.of(bed.write("k-" + i % KEYS, "r-" + i)));
        }
        var sampler = Thread.startVirtualThread(this::sample);

        var first = started();
        awaitDone(RECORDS / 5);
        var second = started();
        awaitDone(2 * RECORDS / 5);
        first.close();
        awaitDone(3 * RECORDS / 5);
        var third = started();
        awaitDone(RECORDS);
        await().atMost(Bed.PATIENCE).until(() -> bed.committedSum() == RECORDS);
        sampling.set(false);
        sampler.join();
        second.close();
        third.close();

        promise.verify();
    }

    @Test
    void a_record_that_hangs_holds_its_offset_and_no_other_key() throws Exception {
        var released = new CountDownLatch(1);
        for (int i = 0; i < 200; i++) {
            bed.write("k-0", "r-" + i);
            bed.write("k-" + i, "other-" + i);
        }
        var hung = bed.write("k-0", "hangs");
        var hangs = started(received -> {
            if (Bed.id(received).equals("hangs")) {
                released.await();
            }
            return finish(received);
        });
        bed.write("k-0", "behind it");
        var behind = bed.write("k-0", "last");

        awaitDone(398);
        await().atMost(Bed.PATIENCE).until(() -> bed.committed().getOrDefault(hung.partition(), 0L) == hung.offset());
        assertThat(done).doesNotContain("hangs", "behind it", "last");

        released.countDown();
        await().atMost(Bed.PATIENCE)
                .until(() -> bed.committed().getOrDefault(hung.partition(), 0L) == behind.offset() + 1);
        hangs.close();
    }

    @Test
    void closing_lets_what_runs_end_and_commits_it() throws Exception {
        var began = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        bed.write("k", "runs");
        bed.write("k", "waits");
        var loop = started(received -> {
            began.countDown();
            released.await();
            return finish(received);
        });
        began.await();

        var closing = Bed.closing(loop);
        released.countDown();
        closing.join();

        assertThat(done).containsExactly("runs");
        assertThat(bed.committedSum()).isEqualTo(1);
    }

    private Running started() {
        return started(this::moody);
    }

    private Running started(Handler<Result> handler) {
        var loop = bed.consumer(handler, new ConsumeLimits(16, 200, 1_000_000));
        loop.start();
        return loop;
    }

    /// Takes its time, sometimes asks for more of it, sometimes throws.
    private Handled moody(Received<Result> received) throws Exception {
        int mood;
        synchronized (random) {
            mood = random.nextInt(100);
        }
        Thread.sleep(Duration.ofMillis(mood / 20));
        if (mood < 5) {
            throw new IllegalStateException("moody");
        }
        return mood < 15 ? Handled.retryAfter(Duration.ofMillis(20)) : finish(received);
    }

    private Handled finish(Received<Result> received) {
        var origin = received.origin();
        promise.done(new Origin(origin.topic(), origin.partition(), origin.offset()));
        done.add(Bed.id(received));
        return Handled.done();
    }

    private void awaitDone(int count) {
        await().atMost(Bed.PATIENCE).until(() -> done.size() >= count);
    }

    private void sample() {
        try {
            while (sampling.get()) {
                committed(bed.committed());
            }
            committed(bed.committed());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void committed(Map<Integer, Long> offsets) {
        offsets.forEach((partition, offset) -> promise.committed(new Origin(bed.topic.name(), partition, offset)));
    }
}
