package io.captchapipeline.router.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.router.ledger.LedgerKey;
import io.captchapipeline.router.ledger.Settled;
import io.captchapipeline.router.ledger.TaskEntry.Unannounced;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The time index over many entries.
class LedgerStoreTest {
    private static final Instant START = Bench.START;
    private static final long NOW = START.toEpochMilli();
    private static final int MANY = 100_000;

    private final CountingStore store = new CountingStore(LedgerStore.NAME);
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeEach
    void stores() {
        context.addStateStore(store);
    }

    @Test
    void a_tick_costs_what_is_due_not_what_is_pending() {
        var stores = opened();
        for (int i = 0; i < MANY; i++) {
            pending(stores, i, START.plusSeconds(60));
        }
        for (int i = MANY; i < MANY + 3; i++) {
            pending(stores, i, START);
        }
        store.read();

        assertThat(stores.due(NOW, Ticker.MOST_AT_ONCE)).hasSize(3);

        assertThat(store.read()).isLessThan(10);
    }

    @Test
    void a_look_at_which_nothing_is_due_reads_nothing_or_next_to_it() {
        var stores = opened();
        for (int i = 0; i < MANY; i++) {
            pending(stores, i, START.plusSeconds(60));
        }
        store.read();

        for (int look = 0; look < 100; look++) {
            assertThat(stores.due(NOW + look, 1)).isEmpty();
        }

        assertThat(store.read()).isLessThan(10);
    }

    @Test
    void what_was_answered_before_it_was_due_is_not_passed_at_every_look() {
        var stores = opened();
        for (int i = 0; i < MANY; i++) {
            pending(stores, i, START.plusSeconds(60));
            stores.put(key(i), held(i, START.plusSeconds(60)), null, NOW);
        }
        pending(stores, MANY, START.plusSeconds(61));
        assertThat(stores.due(NOW, 1)).isEmpty();
        store.read();

        for (int look = 1; look <= 100; look++) {
            assertThat(stores.due(NOW + look, 1)).isEmpty();
        }

        assertThat(store.read()).isLessThan(10);
        assertThat(stores.due(NOW + 61_000, 1)).hasSize(1);
    }

    @Test
    void no_more_than_one_tick_may_settle_is_read_however_much_is_due() {
        var stores = opened();
        for (int i = 0; i < 10_000; i++) {
            pending(stores, i, START);
        }
        store.read();

        assertThat(stores.due(NOW, Ticker.MOST_AT_ONCE)).hasSize(Ticker.MOST_AT_ONCE);

        assertThat(store.read()).isLessThan(Ticker.MOST_AT_ONCE + 10);
    }

    @Test
    void what_somebody_waits_for_comes_before_what_is_to_be_forgotten() {
        var stores = opened();
        var forgotten = LedgerKey.of(new RequestId("r-1"));
        stores.put(forgotten, null, new Settled(START.minusSeconds(60), null, null), NOW);
        pending(stores, 1, START);

        assertThat(stores.due(NOW, 10)).extracting(DueKey::pending).containsExactly(true, false);
    }

    @Test
    void after_a_restart_the_pending_are_counted_with_their_age_and_the_settled_are_not() {
        var before = opened();
        pending(before, 1, START.plusSeconds(60));
        pending(before, 2, START.plusSeconds(60));
        before.put(LedgerKey.of(new RequestId("r-1")), null, new Settled(START.plusSeconds(60), null, null), NOW);
        before.close();
        var pending = new Pending(metrics, () -> START.plusSeconds(7));
        assertThat(pending.count()).isZero();

        var after = new LedgerStore(context, pending);

        assertThat(pending.count()).isEqualTo(2);
        assertThat(pending.oldestSeconds(NOW + 7_000)).isEqualTo(7);
        after.close();
        assertThat(pending.count()).isZero();
    }

    private LedgerStore opened() {
        return new LedgerStore(context, new Pending(new SimpleMeterRegistry(), () -> START));
    }

    private static void pending(LedgerStore stores, int number, Instant until) {
        stores.put(key(number), null, held(number, until), NOW);
    }

    private static LedgerKey key(int number) {
        return LedgerKey.of(task(number));
    }

    private static TaskId task(int number) {
        return new TaskId("t-" + number);
    }

    private static Unannounced held(int number, Instant until) {
        var result = new Result.Solved(
                task(number),
                RequestId.of(task(number)),
                Solution.of("token"),
                null,
                null,
                null,
                Source.CALLBACK,
                START,
                null,
                null,
                TicketKind.NONE);
        return new Unannounced(result, until);
    }
}
