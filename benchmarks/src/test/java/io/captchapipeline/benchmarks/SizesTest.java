package io.captchapipeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SizesTest {
    private static final Map<String, Integer> DEFAULTS = Map.of("seconds", 10, "rounds", 3);

    @Test
    void what_is_not_asked_is_as_by_default() {
        var sizes = Sizes.read(DEFAULTS, List.of("--seconds", "90"));

        assertThat(sizes.of("rounds")).isEqualTo(3);
        assertThat(sizes.of("seconds")).isEqualTo(90);
        assertThat(sizes.of("seconds", 60)).isEqualTo(60);
    }

    @Test
    void an_option_that_the_benchmark_does_not_have_is_refused() {
        assertThatThrownBy(() -> Sizes.read(DEFAULTS, List.of("--variants", "1")))
                .hasMessageContaining("--variants");
        assertThatThrownBy(() -> Sizes.read(DEFAULTS, List.of("--rounds"))).hasMessageContaining("--rounds");
    }
}
