package io.captchapipeline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final ManualClock clock = ManualClock.at(NOON);

    @Test
    void stands_still_until_advanced_or_set() {
        assertThat(clock.instant()).isEqualTo(NOON).isEqualTo(clock.instant());
        assertThat(clock.advance(Duration.ofMinutes(1))).isEqualTo(NOON.plusSeconds(60));
        assertThat(clock.millis()).isEqualTo(NOON.plusSeconds(60).toEpochMilli());

        clock.set(NOON.minusSeconds(1));

        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(1));
    }

    @Test
    void is_the_same_clock_in_another_zone() {
        var elsewhere = clock.withZone(ZoneId.of("Europe/Vienna"));

        clock.advance(Duration.ofHours(1));

        assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Europe/Vienna"));
        assertThat(elsewhere.instant()).isEqualTo(NOON.plusSeconds(3600));
    }
}
