package io.captchapipeline.router.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.router.stream.Bench;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeKeeperTest {
    @TempDir
    private Path state;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(state, 1);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void an_outcome_is_kept_as_it_was_told_also_from_the_topic_of_a_route() {
        bench.write(Topics.SOLVED.forRoute(new Route("login")), solved("r-1", Duration.ofMinutes(2)));

        assertThat(kept("r-1")).contains("\"solution\":\"token\"", "\"request_id\":\"r-1\"");
    }

    @Test
    void a_solution_is_forgotten_ten_minutes_after_it_expired() {
        bench.write(Topics.SOLVED, solved("r-1", Duration.ofMinutes(2)));

        bench.pass(Duration.ofMinutes(11));
        assertThat(kept("r-1")).contains("token");
        bench.pass(Duration.ofMinutes(2));

        assertThat(kept("r-1")).doesNotContain("token").contains("\"expired\":true", "\"status\":\"solved\"");
    }

    @Test
    void a_solution_that_does_not_expire_stays_as_long_as_the_outcome() {
        bench.write(Topics.SOLVED, solved("r-1", null));

        bench.pass(Bench.RETENTION.minusMinutes(1));
        assertThat(kept("r-1")).contains("token");
        bench.pass(Duration.ofMinutes(5));

        assertThat(kept("r-1")).isNull();
    }

    @Test
    void whoever_waits_for_it_is_woken_and_nobody_else() {
        var woken = new AtomicInteger();
        var others = new AtomicInteger();
        var mine = bench.waiters.waitFor("r-1", woken::incrementAndGet).orElseThrow();
        var other = bench.waiters.waitFor("r-2", others::incrementAndGet).orElseThrow();

        bench.write(Topics.SOLVED, solved("r-1", null));

        assertThat(woken).hasValue(1);
        assertThat(others).hasValue(0);
        mine.close();
        other.close();
        assertThat(bench.waiters.count()).isZero();
    }

    @Test
    void outcomes_are_counted_by_status_route_and_source() {
        bench.write(Topics.SOLVED, solved("r-1", null));

        assertThat(bench.metrics
                        .get("captcha.outcomes")
                        .tags("status", "solved", "route", "none", "source", "callback")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(bench.metrics.get("captcha.callback.to.outcome").timer().count())
                .isEqualTo(1);
        assertThat(bench.metrics.get("captcha.solve.time").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(1500);
    }

    @Test
    void a_configured_route_has_a_label_of_its_own_and_made_up_ones_share_one() {
        bench.write(Topics.SOLVED.forRoute(new Route("login")), solved("r-1", null, new Route("login")));
        bench.write(Topics.SOLVED, solved("r-2", null, new Route("made-up")));
        bench.write(Topics.SOLVED, solved("r-3", null, new Route("made-up-too")));

        assertThat(outcomes("login")).isEqualTo(1);
        assertThat(outcomes("other")).isEqualTo(2);
        assertThat(bench.metrics
                        .find("captcha.outcomes")
                        .tag("route", "made-up")
                        .counters())
                .isEmpty();
    }

    private double outcomes(String route) {
        return bench.metrics
                .get("captcha.outcomes")
                .tag("route", route)
                .counter()
                .count();
    }

    private @Nullable String kept(String id) {
        var outcome = bench.driver
                .<byte[], byte[]>getKeyValueStore(OutcomeKeeper.OUTCOMES)
                .get(id.getBytes(UTF_8));
        return outcome == null ? null : new String(outcome, UTF_8);
    }

    private Outcome solved(String id, @Nullable Duration life) {
        return solved(id, life, null);
    }

    private Outcome solved(String id, @Nullable Duration life, @Nullable Route route) {
        return new Outcome.Solved(
                new TaskId("t-" + id),
                new RequestId(id),
                Solution.of("token"),
                null,
                new Method("turnstile"),
                route,
                1,
                bench.now(),
                bench.now(),
                life == null ? null : bench.now().plus(life),
                1.5,
                Source.CALLBACK,
                null,
                Map.of());
    }
}
