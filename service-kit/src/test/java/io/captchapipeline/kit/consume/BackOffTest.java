package io.captchapipeline.kit.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {

    @Test
    void each_failure_doubles_the_wait_from_a_tenth_of_a_second_to_half_a_minute() {
        assertThat(IntStream.of(1, 2, 3, 9, 10, 1000).mapToObj(failures -> BackOff.after(failures, 1)))
                .containsExactly(millis(100), millis(200), millis(400), millis(25_600), millis(30_000), millis(30_000));
    }

    @Test
    void chance_takes_up_to_a_half_of_it_away() {
        assertThat(BackOff.after(2, 0)).isEqualTo(millis(100));
        assertThat(BackOff.after(2, 0.5)).isEqualTo(millis(150));
    }

    @Test
    void a_broker_that_is_back_is_found_within_seconds() {
        assertThat(BackOff.ofBroker(1)).isBetween(millis(50), millis(100));
        assertThat(BackOff.ofBroker(1000)).isBetween(millis(1600), millis(3200));
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
