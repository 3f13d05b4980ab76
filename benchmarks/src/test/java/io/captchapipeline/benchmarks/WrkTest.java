package io.captchapipeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WrkTest {
    @Test
    void the_rate_is_read_from_what_wrk_prints() {
        assertThat(Wrk.rate("  10 requests in 1.00s\nRequests/sec:  19117.89\nTransfer/sec: 1MB"))
                .isEqualTo(19_117.89);
    }

    @Test
    void a_run_with_bad_answers_has_no_rate() {
        assertThatThrownBy(() -> Wrk.rate("Non-2xx or 3xx responses: 7\nRequests/sec:  19117.89"))
                .hasMessageContaining("not every answer was good");
    }
}
