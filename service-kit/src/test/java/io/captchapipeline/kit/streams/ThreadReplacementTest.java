package io.captchapipeline.kit.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {

    private Instant now = Instant.parse("2026-11-01T00:00:00Z");
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final ThreadReplacement replacement = new ThreadReplacement(clock);

    @Test
    void the_pause_doubles_up_to_ten_seconds_while_threads_go_on_dying() {
        var pauses = new ArrayList<Long>();
        for (int i = 0; i < 9; i++) {
            pauses.add(replacement.died().toMillis());
        }

        assertThat(pauses).isEqualTo(List.of(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L));
    }

    @Test
    void a_good_minute_makes_it_begin_anew() {
        replacement.died();
        replacement.died();
        assertThat(replacement.unsettled()).isTrue();

        now = now.plus(Duration.ofSeconds(61));

        assertThat(replacement.unsettled()).isFalse();
        assertThat(replacement.died()).isEqualTo(Duration.ofMillis(100));
        assertThat(replacement.total()).isEqualTo(3);
    }
}
