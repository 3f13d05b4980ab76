package io.captchapipeline.router.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Waiters waiters = new Waiters(2, metrics);

    @Test
    void no_more_than_so_many_wait() {
        var one = waiters.waitFor("a", () -> {}).orElseThrow();
        var _ = waiters.waitFor("b", () -> {}).orElseThrow();

        assertThat(waiters.waitFor("c", () -> {})).isEmpty();
        one.close();

        assertThat(waiters.waitFor("c", () -> {})).isPresent();
    }

    @Test
    void one_place_waits_for_several_ids_and_leaves_them_all() {
        var woken = new AtomicInteger();
        var one = waiters.waitFor("task", woken::incrementAndGet).orElseThrow();
        one.alsoFor("request");
        one.alsoFor("request");
        assertThat(waiters.count()).isOne();

        waiters.tell("request");
        waiters.tell("task");
        one.close();
        waiters.tell("request");

        assertThat(woken).hasValue(2);
        assertThat(waiters.count()).isZero();
    }

    @Test
    void a_place_is_given_back_once_however_often_it_is_closed() {
        var one = waiters.waitFor("a", () -> {}).orElseThrow();
        one.close();
        one.close();

        assertThat(waiters.count()).isZero();
        assertThat(metrics.get("captcha.results.waiters").gauge().value()).isZero();
    }
}
