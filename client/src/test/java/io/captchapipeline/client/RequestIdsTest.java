package io.captchapipeline.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
    private final Clock clock = Clock.fixed(Outcomes.NOW, ZoneOffset.UTC);

    @Test
    void an_id_is_a_uuid_of_version_seven() {
        var id = UUID.fromString(new RequestIds(clock).next().value());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(Outcomes.NOW.toEpochMilli());
    }

    @Test
    void no_two_are_the_same_within_a_millisecond() {
        var ids = new RequestIds(clock);
        var seen = new HashSet<String>();

        for (int i = 0; i < 10_000; i++) {
            seen.add(ids.next().value());
        }

        assertThat(seen).hasSize(10_000);
    }

    @Test
    void later_ones_sort_behind() {
        var earlier = new RequestIds(clock).next().value();
        var later =
                new RequestIds(Clock.offset(clock, Duration.ofMillis(1))).next().value();

        assertThat(earlier).isLessThan(later);
    }
}
