package io.captchapipeline.submitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.consume.Share;
import io.captchapipeline.kit.settings.Rate;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PermitsTest {
    private static final Share ALL = new Share(6, 6);

    private final List<Permit> taken = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
    private final TimeMeter time = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };

    @Test
    void without_partitions_there_are_none() {
        var permits = permits(100, 10);

        assertHeld(permits, Grant.Reason.CONCURRENCY);
        permits.assigned(new Share(0, 6));
        assertHeld(permits, Grant.Reason.CONCURRENCY);
    }

    @Test
    void so_many_are_under_way_at_once() {
        var permits = permits(1000, 3);
        permits.assigned(ALL);

        assertThat(takenNow(permits)).isEqualTo(3);
        assertHeld(permits, Grant.Reason.CONCURRENCY);
        taken.removeFirst().release();
        assertThat(take(permits)).isTrue();
        assertThat(permits.posting()).isEqualTo(3);
    }

    @Test
    void the_rate_holds_over_time_and_is_not_a_volley() {
        var permits = permits(10, 10_000);
        permits.assigned(ALL);

        assertThat(takenNow(permits)).isEqualTo(2);
        assertThat(takenWithin(permits, Duration.ofSeconds(10))).isBetween(98, 102);
    }

    @Test
    void who_has_to_wait_is_told_how_long() {
        var permits = permits(10, 100);
        permits.assigned(ALL);
        takenNow(permits);

        var hold = assertHeld(permits, Grant.Reason.RATE);
        assertThat(hold.delay()).isBetween(Duration.ofMillis(90), Duration.ofMillis(100));
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        assertThat(take(permits)).isTrue();
    }

    @Test
    void an_answer_makes_room_for_a_post_and_what_is_not_told_yet_is_bounded() {
        var permits = permits(1000, 2);
        permits.assigned(ALL);
        takenNow(permits);

        taken.forEach(Permit::answered);
        assertThat(permits.posting()).isZero();
        assertThat(takenNow(permits)).isEqualTo(2);
        taken.forEach(Permit::answered);
        assertHeld(permits, Grant.Reason.CONCURRENCY);
        assertThat(permits.given()).isEqualTo(4);

        taken.getFirst().release();
        assertThat(take(permits)).isTrue();
    }

    @Test
    void a_permit_is_given_back_once_however_often_it_is_released() {
        var permits = permits(1000, 2);
        permits.assigned(ALL);
        takenNow(permits);
        taken.forEach(Permit::release);
        taken.forEach(Permit::release);

        assertThat(permits.posting()).isZero();
        assertThat(permits.given()).isZero();
    }

    @Test
    void a_part_of_the_partitions_gives_that_part_of_both_limits() {
        var permits = permits(600, 12);
        permits.assigned(new Share(2, 6));

        assertThat(takenNow(permits)).isEqualTo(4);
        var many = permits(600, 10_000);
        many.assigned(new Share(2, 6));
        takenNow(many);
        assertThat(takenWithin(many, Duration.ofSeconds(1))).isBetween(195, 205);
    }

    @Test
    void what_is_held_costs_nothing() {
        var permits = permits(1000, 1);
        permits.assigned(ALL);
        takenNow(permits);
        for (int i = 0; i < 100_000; i++) {
            permits.take();
        }
        taken.getFirst().release();

        assertThat(take(permits)).isTrue();
        assertThat(permits.posting()).isEqualTo(1);
    }

    @Test
    void slow_rates_are_possible() {
        var permits = new Permits(new Rate(6, Duration.ofMinutes(1)), 5, time);
        permits.assigned(ALL);

        assertThat(takenNow(permits)).isEqualTo(1);
        var hold = assertHeld(permits, Grant.Reason.RATE);
        assertThat(hold.delay()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
    }

    private Permits permits(double perSecond, int concurrency) {
        return new Permits(new Rate(perSecond, Duration.ofSeconds(1)), concurrency, time);
    }

    private static Grant.Hold assertHeld(Permits permits, Grant.Reason reason) {
        var grant = permits.take();
        assertThat(grant).isInstanceOf(Grant.Hold.class);
        var hold = (Grant.Hold) grant;
        assertThat(hold.reason()).isEqualTo(reason);
        return hold;
    }

    private boolean take(Permits permits) {
        if (permits.take() instanceof Permit permit) {
            taken.add(permit);
            return true;
        }
        return false;
    }

    private int takenNow(Permits permits) {
        int before = taken.size();
        while (take(permits)) {
            // Until it is held.
        }
        return taken.size() - before;
    }

    private int takenWithin(Permits permits, Duration duration) {
        int before = taken.size();
        long end = nanos.get() + duration.toNanos();
        while (nanos.addAndGet(Duration.ofMillis(10).toNanos()) <= end) {
            takenNow(permits);
        }
        return taken.size() - before;
    }
}
