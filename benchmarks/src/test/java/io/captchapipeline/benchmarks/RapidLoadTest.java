package io.captchapipeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RapidLoadTest {
    private static final int RATE = 2_000;

    private final Counter server = new Counter();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_request_is_made_once() throws InterruptedException {
        var targets = IntStream.range(0, RATE).mapToObj(i -> "/r?number=" + i).toList();

        var latencies = load(targets).run(0, 1);

        assertThat(server.seen()).containsExactlyInAnyOrderElementsOf(targets);
        assertThat(server.came()).isEqualTo(RATE);
        assertThat(latencies.getTotalCount()).isEqualTo(RATE);
    }

    @Test
    void latencies_are_of_what_was_due_after_the_warm_up() throws InterruptedException {
        assertThat(load(List.of("/r")).run(1, 1).getTotalCount()).isEqualTo(RATE);
        assertThat(server.came()).isEqualTo(2 * RATE);
    }

    @Test
    void an_answer_that_is_no_good_fails_the_run_and_names_itself() {
        server.answerWith(503);

        assertThatThrownBy(() -> load(List.of("/r")).run(0, 1))
                .hasMessageContaining(Integer.toString(RATE))
                .hasMessageContaining("503");
    }

    private RapidLoad load(List<String> targets) {
        return new RapidLoad(targets, server.port(), RATE);
    }
}
