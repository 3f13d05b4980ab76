package io.captchapipeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SteadyLoadTest {
    private static final int RATE = 600;
    private static final long NANOS = 1_000_000_000L;

    private final Counter server = new Counter();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_request_is_made_once_however_often_a_connection_is_used() throws InterruptedException {
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

    @Test
    void nobody_there_is_no_good_answer_either() throws InterruptedException {
        stop();

        assertThat(load(List.of("/r")).bad(0, 1)).isEqualTo(RATE);
    }

    @Test
    void who_watches_is_told_of_each_answer_and_when_it_was_due() throws InterruptedException {
        var due = new AtomicLongArray(RATE);

        new SteadyLoad(List.of("/r"), server.port(), RATE, (number, wasDue, at) -> {
                    assertThat(at).isGreaterThanOrEqualTo(wasDue);
                    due.set(number, wasDue);
                })
                .run(0, 1);

        var begin = due.get(0);
        assertThat(IntStream.range(0, RATE).mapToObj(number -> due.get(number) - begin))
                .containsExactlyElementsOf(IntStream.range(0, RATE)
                        .mapToObj(number -> (long) ((double) number / RATE * NANOS))
                        .toList());
    }

    private SteadyLoad load(List<String> targets) {
        return new SteadyLoad(targets, server.port(), RATE);
    }
}
