package io.captchapipeline.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.kit.health.Health;
import io.captchapipeline.kit.health.HealthCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunningTest {

    private final List<String> history = new ArrayList<>();

    @Test
    void parts_start_in_order_and_close_in_reverse() {
        var all = Running.all(part("a"), part("b"), part("c"));

        all.start();
        all.close();

        assertThat(history).containsExactly("start a", "start b", "start c", "close c", "close b", "close a");
    }

    @Test
    void a_part_that_cannot_start_closes_those_before_it() {
        var all = Running.all(part("a"), failing("b"), part("c"));

        assertThatThrownBy(all::start).isInstanceOf(StartFailure.class).hasMessage("b cannot");
        all.close();

        assertThat(history).containsExactly("start a", "start b", "close b", "close a");
    }

    @Test
    void a_part_that_cannot_close_does_not_keep_the_others_from_it() {
        var all = Running.all(part("a"), unclosable("b"));
        all.start();

        all.close();

        assertThat(history).endsWith("close a");
    }

    @Test
    void checks_are_those_of_all_parts() {
        var all = Running.all(part("a"), part("b"));

        assertThat(all.checks()).extracting(HealthCheck::name).containsExactly("a", "b");
    }

    @Test
    void draining_waits_no_longer_than_it_may() throws InterruptedException {
        var never = new CountDownLatch(1);

        assertThat(new Drain(never::await, Duration.ofMillis(50)).drained()).isFalse();
        assertThat(new Drain(() -> history.add("closed"), Duration.ofSeconds(10)).drained())
                .isTrue();
        assertThat(history).containsExactly("closed");
    }

    private Running part(String name) {
        return new Part(name, () -> {}, () -> {});
    }

    private Running failing(String name) {
        return new Part(
                name,
                () -> {
                    throw new StartFailure(name + " cannot");
                },
                () -> {});
    }

    private Running unclosable(String name) {
        return new Part(name, () -> {}, () -> {
            throw new IllegalStateException(name);
        });
    }

    private final class Part implements Running {

        private final String name;
        private final Runnable start;
        private final Runnable close;

        Part(String name, Runnable start, Runnable close) {
            this.name = name;
            this.start = start;
            this.close = close;
        }

        @Override
        public void start() {
            history.add("start " + name);
            start.run();
        }

        @Override
        public List<HealthCheck> checks() {
            return List.of(new HealthCheck(name, Health::ofUp));
        }

        @Override
        public void close() {
            history.add("close " + name);
            close.run();
        }
    }
}
