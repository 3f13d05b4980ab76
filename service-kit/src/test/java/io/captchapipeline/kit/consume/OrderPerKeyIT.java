package io.captchapipeline.kit.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.Running;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.captchapipeline.testkit.promise.OrderKept;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithKafka
@Timeout(180)
class OrderPerKeyIT {

    private static final int RECORDS = 1000;
    private static final int KEYS = 25;
    private static final Duration A_MOMENT_MORE = Duration.ofMillis(500);

    private final OrderKept promise = new OrderKept();
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> overlaps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger most = new AtomicInteger();
    private final Random random = new Random(11);
    private final String bootstrapServers;
    private Bed bed;

    OrderPerKeyIT(KafkaCluster kafka) {
        bootstrapServers = kafka.bootstrapServers();
    }

    @BeforeEach
    void open() {
        bed = Bed.with(bootstrapServers, 3);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void through_retries_rebalances_and_restarts_a_key_is_handled_in_order_while_others_run() throws Exception {
        for (int i = 0; i < RECORDS; i++) {
            promise.sent("k-" + i % KEYS, "r-" + i);
            bed.write("k-" + i % KEYS, "r-" + i);
        }

        var first = started(this::handle, ConsumeLimits.DEFAULT);
        awaitDone(RECORDS / 4);
        var second = started(this::handle, ConsumeLimits.DEFAULT);
        awaitDone(RECORDS / 2);
        first.close();
        awaitDone(3 * RECORDS / 4);
        var third = started(this::handle, ConsumeLimits.DEFAULT);
        awaitDone(RECORDS);
        second.close();
        third.close();

        promise.verify();
        assertThat(overlaps).isEmpty();
        assertThat(most).hasValueGreaterThan(4);
    }

    @Test
    void no_more_keys_are_in_flight_than_allowed() throws Exception {
        for (int i = 0; i < 100; i++) {
            bed.write("k-" + i, "r-" + i);
        }

        var loop = started(this::handle, ConsumeLimits.DEFAULT.inFlight(3));
        awaitDone(100);
        loop.close();

        assertThat(most).hasValue(3);
    }

    /// All three have to be in their handlers at the same time for any to get out.
    @Test
    void keys_of_one_partition_run_side_by_side() throws Exception {
        var together = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            bed.write("k-" + i, "r-" + i);
        }

        var loop = started(
                received -> {
                    together.countDown();
                    return together.await(60, TimeUnit.SECONDS) ? handle(received) : Handled.dead("alone");
                },
                ConsumeLimits.DEFAULT);
        awaitDone(3);
        loop.close();
    }

    /// The second member is there, and what the first one works on is none of its business yet.
    @Test
    void a_partition_is_handed_over_when_what_runs_has_ended() throws Exception {
        var calls = new ConcurrentLinkedQueue<String>();
        Handler<Result> slow = received -> {
            calls.add(Bed.id(received));
            await().atMost(Bed.PATIENCE).until(() -> bed.members() == 2);
            Thread.sleep(A_MOMENT_MORE);
            done.add(Bed.id(received));
            return Handled.done();
        };
        for (int i = 0; i < 6; i++) {
            bed.write("k-" + i, "r-" + i);
        }
        var first = started(slow, ConsumeLimits.DEFAULT);
        await().atMost(Bed.PATIENCE).until(() -> calls.size() == 6);

        var second = started(slow, ConsumeLimits.DEFAULT);
        await().atMost(Bed.PATIENCE).until(() -> bed.committedSum() == 6);
        first.close();
        second.close();

        assertThat(calls).doesNotHaveDuplicates();
    }

    private Running started(Handler<Result> handler, ConsumeLimits limits) {
        var loop = bed.consumer(handler, limits);
        loop.start();
        return loop;
    }

    private Handled handle(Received<Result> received) throws Exception {
        var key = Bed.key(received);
        if (!running.add(key)) {
            overlaps.add(key + ": two at a time");
        }
        most.accumulateAndGet(running.size(), Math::max);
        try {
            int chance;
            synchronized (random) {
                chance = random.nextInt(100);
            }
            Thread.sleep(Duration.ofMillis(1 + chance % 5));
            if (chance < 10) {
                return Handled.retryAfter(Duration.ofMillis(chance));
            }
            promise.handled(key, Bed.id(received));
            done.add(Bed.id(received));
            return Handled.done();
        } finally {
            running.remove(key);
        }
    }

    private void awaitDone(int count) {
        await().atMost(Bed.PATIENCE).until(() -> done.size() >= count);
    }
}
