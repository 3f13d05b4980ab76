package io.captchapipeline.testkit.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EveryRequestEndsTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final ManualClock clock = ManualClock.at(NOON);
    private final EveryRequestEnds promise = new EveryRequestEnds(clock, Duration.ofSeconds(30));

    @Test
    void kept_by_an_end_within_deadline_and_grace() {
        promise.requested("r-1", NOON.plusSeconds(10));
        promise.ended("r-1", NOON.plusSeconds(40));
        promise.ended("r-1", NOON.plusSeconds(50));
        clock.advance(Duration.ofHours(1));

        promise.verify();
    }

    @Test
    void pending_and_not_broken_while_it_may_still_end() {
        promise.requested("r-1", NOON.plusSeconds(10));
        clock.advance(Duration.ofSeconds(40));

        assertThat(promise.pending()).containsExactly("r-1");
        promise.verify();
    }

    @Test
    void broken_by_a_request_that_never_ends() {
        promise.requested("r-1", NOON.plusSeconds(10));
        clock.advance(Duration.ofSeconds(41));

        assertThat(promise.pending()).isEmpty();
        assertThat(promise.broken()).containsExactly("r-1: due 2026-11-01T12:00:10Z with a grace of 30 s, never ended");
    }

    @Test
    void broken_by_an_end_that_is_too_late() {
        promise.requested("r-1", NOON.plusSeconds(10));
        promise.ended("r-1", NOON.plusSeconds(41));

        assertThat(promise.broken())
                .containsExactly("r-1: due 2026-11-01T12:00:10Z with a grace of 30 s, ended 2026-11-01T12:00:41Z");
    }

    @Test
    void broken_when_nothing_was_requested() {
        assertThat(promise.broken()).containsExactly("nothing was requested");
    }
}
