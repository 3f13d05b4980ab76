package io.captchapipeline.alerting.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.captchapipeline.schemas.event.Breaker;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every alert fires and resolves, by real topics and the test's own time.
class AlertingTopologyTest {
    @TempDir
    private Path directory;

    private TestAlerting alerting;
    private Scene scene;

    @BeforeEach
    void start() {
        alerting = new TestAlerting(directory);
        scene = new Scene(alerting);
        alerting.goOn(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        alerting.close();
    }

    @Test
    void an_idle_night_alarms_nobody_nor_does_the_first_task_after_it() {
        scene.submit("1");
        scene.callBack("1");
        alerting.goOn(Duration.ofHours(8));
        scene.submit("2");
        alerting.goOn(Duration.ofSeconds(30));
        scene.callBack("2");
        alerting.goOn(Duration.ofMinutes(10));

        assertThat(alerting.told()).isEmpty();
    }

    @Test
    void callbacks_are_stale_while_somebody_waits_for_one_too_long() {
        scene.submit("1");
        alerting.goOn(Duration.ofMinutes(5));
        assertThat(alerting.told()).isEmpty();
        alerting.goOn(Duration.ofSeconds(30));
        assertThat(alerting.told()).containsExactly("firing StaleCallbacks");

        scene.callBack("2");
        alerting.goOn(Duration.ofSeconds(30));

        assertThat(alerting.told()).containsExactly("firing StaleCallbacks", "resolved StaleCallbacks");
    }

    @Test
    void polling_only_alarms_nobody() {
        for (int i = 0; i < 20; i++) {
            alerting.write(
                    Topics.SUBMITTED,
                    new Submitted(new TaskId("p" + i), null, null, null, null, null, null, null, Map.of(), false));
            scene.solve("p" + i, Source.POLL);
        }
        scene.end(20, 0);
        alerting.goOn(Duration.ofMinutes(30));

        assertThat(alerting.told()).isEmpty();
    }

    @Test
    void a_low_delivery_rate_fires_and_resolves() {
        for (int i = 0; i < 20; i++) {
            scene.submit("t" + i);
        }
        scene.callBack("last");
        alerting.goOn(Duration.ofMinutes(6));
        assertThat(alerting.told()).contains("firing LowDeliveryRate");
        assertThat(alerting.snapshot("all").missedTaskIds()).hasSize(10);

        for (int i = 0; i < 300; i++) {
            scene.submit("s" + i);
            scene.callBack("s" + i);
        }
        alerting.goOn(Duration.ofSeconds(40));

        assertThat(alerting.told()).contains("resolved LowDeliveryRate");
        assertThat(alerting.snapshot("all").deliveryRate()).isEqualTo(300 / 320.0);
    }

    @Test
    void errors_and_slowness_of_all_ingresses_fire_and_resolve() {
        scene.beat("a", 50, 0, 10);
        scene.beat("b", 50, 40, 5_000);
        alerting.goOn(Duration.ofSeconds(30));
        assertThat(alerting.told()).containsExactlyInAnyOrder("firing HighErrorRate", "firing SlowCallbacks");

        scene.beat("a", 5_050, 0, 10);
        alerting.goOn(Duration.ofSeconds(40));

        assertThat(alerting.told()).hasSize(4).contains("resolved HighErrorRate", "resolved SlowCallbacks");
    }

    @Test
    void an_endpoint_is_down_after_three_probes_in_a_row_and_up_after_one() {
        alerting.probed("connection refused");
        alerting.goOn(Duration.ofSeconds(10));
        alerting.probed("connection refused");
        alerting.goOn(Duration.ofSeconds(20));
        assertThat(alerting.told()).isEmpty();
        alerting.probed("connection refused");
        alerting.goOn(Duration.ofSeconds(20));
        assertThat(alerting.told()).containsExactly("firing EndpointDown");

        alerting.probed(null);
        alerting.goOn(Duration.ofSeconds(20));

        assertThat(alerting.told()).containsExactly("firing EndpointDown", "resolved EndpointDown");
        assertThat(alerting.snapshot("all").uptime()).isEqualTo(0.25);
    }

    @Test
    void a_low_balance_and_a_refusing_solver_fire_and_resolve() {
        scene.solver("1.5", Breaker.OPEN);
        alerting.goOn(Duration.ofSeconds(50));
        assertThat(alerting.told()).containsExactly("firing LowBalance", "firing SolverRefusing");

        scene.solver("20", Breaker.CLOSED);
        alerting.goOn(Duration.ofSeconds(40));

        assertThat(alerting.told()).contains("resolved LowBalance", "resolved SolverRefusing");
    }

    @Test
    void dead_letters_fire_and_resolve_once_no_more_come() {
        alerting.write(Topics.DEAD_LETTERS, new byte[] {1});
        alerting.goOn(Duration.ofSeconds(20));
        assertThat(alerting.told()).containsExactly("firing DeadLetters");

        alerting.goOn(Duration.ofMinutes(16));

        assertThat(alerting.told()).containsExactly("firing DeadLetters", "resolved DeadLetters");
    }

    @Test
    void a_record_that_is_buried_long_after_it_was_written_is_a_dead_letter_of_now() {
        for (int i = 0; i < 500; i++) {
            scene.bury(alerting.now().minus(Duration.ofMinutes(20)));
        }
        alerting.goOn(Duration.ofSeconds(20));

        assertThat(alerting.told()).containsExactly("firing DeadLetters");
        assertThat(alerting.snapshot("all").deadLetters()).isEqualTo(500);
    }

    @Test
    void a_submitter_that_is_refused_is_not_hidden_by_another_of_the_same_account() {
        for (int i = 0; i < 6; i++) {
            scene.solver("one", "20", Breaker.OPEN);
            scene.solver("other", "20", Breaker.CLOSED);
            alerting.goOn(Duration.ofSeconds(10));
        }
        assertThat(alerting.told()).containsExactly("firing SolverRefusing");

        for (int i = 0; i < 10; i++) {
            scene.solver("other", "20", Breaker.CLOSED);
            alerting.goOn(Duration.ofSeconds(10));
        }

        assertThat(alerting.told()).containsExactly("firing SolverRefusing", "resolved SolverRefusing");
    }

    @Test
    void what_became_of_tasks_older_than_results_are_kept_is_not_guessed() {
        scene.submittedAt("forgotten", alerting.now().minus(Duration.ofHours(25)));
        scene.submittedAt("known", alerting.now().minus(Duration.ofHours(23)));
        alerting.goOn(Duration.ofMinutes(1));

        assertThat(alerting.snapshot("all").totalMissed()).isEqualTo(1);
        assertThat(alerting.snapshot("all").firstAt())
                .isEqualTo(TestAlerting.NOON.plusSeconds(20).minus(Duration.ofHours(23)));
    }

    @Test
    void what_failed_before_the_first_look_is_in_no_digest(@TempDir Path fresh) {
        try (var begun = new TestAlerting(fresh)) {
            begun.isAwayFor(Duration.ofSeconds(1));
            new Scene(begun).end(0, 3);
            begun.goOn(Duration.ofMinutes(1));
            assertThat(begun.read(Topics.FAILURE_DIGESTS)).isEmpty();

            new Scene(begun).end(0, 1);
            begun.goOn(Duration.ofMinutes(20));

            assertThat(begun.read(Topics.FAILURE_DIGESTS))
                    .singleElement()
                    .satisfies(digest -> assertThat(digest.lines())
                            .singleElement()
                            .satisfies(line -> assertThat(line.requestIds()).hasSize(1)));
        }
    }

    @Test
    void a_task_that_was_never_called_back_is_rescued_by_polling() {
        scene.submit("1");
        scene.submit("2");
        scene.solve("1", Source.POLL);
        scene.end("1");
        alerting.goOn(Duration.ofMinutes(6));

        assertThat(alerting.snapshot("all").missed()).isEqualTo(2);
        assertThat(alerting.snapshot("all").rescuedByPoll()).isEqualTo(1);
        assertThat(alerting.snapshot("route:login").rescuedByPoll()).isEqualTo(1);
    }

    @Test
    void a_snapshot_says_who_waits_and_how_the_ingresses_fare() {
        scene.callBack("early");
        scene.callBack("early");
        var submitted = alerting.now().plusSeconds(5);
        alerting.goOn(Duration.ofSeconds(5));
        scene.submit("1");
        scene.beat("a", 50, 5, 200);
        alerting.goOn(Duration.ofSeconds(20));
        assertThat(alerting.snapshot("all")).satisfies(snapshot -> {
            assertThat(snapshot.waitingSince()).isEqualTo(submitted);
            assertThat(snapshot.oldestPendingAt()).isEqualTo(submitted);
            assertThat(snapshot.callbackP95Ms()).isCloseTo(200, within(3.0));
            assertThat(snapshot.callbacksPerMinute()).isEqualTo(10);
            assertThat(snapshot.errorRate()).isEqualTo(0.1);
            assertThat(snapshot.totalEarly()).isEqualTo(1);
            assertThat(snapshot.totalDuplicates()).isEqualTo(1);
            assertThat(snapshot.instances()).isEqualTo(1);
            assertThat(snapshot.instancesMissing()).isZero();
        });

        alerting.goOn(Duration.ofMinutes(6));
        scene.callBack("1");
        alerting.goOn(Duration.ofHours(2));

        assertThat(alerting.snapshot("all")).satisfies(snapshot -> {
            assertThat(snapshot.waitingSince()).isNull();
            assertThat(snapshot.totalLate()).isEqualTo(1);
            assertThat(snapshot.totalUnannounced()).isEqualTo(1);
            assertThat(snapshot.instances()).isZero();
        });
    }

    @Test
    void an_ingress_that_falls_silent_is_missing() {
        scene.beat("a", 1, 0, 1);
        scene.beat("b", 1, 0, 1);
        alerting.goOn(Duration.ofSeconds(60));
        scene.beat("b", 1, 0, 1);
        alerting.goOn(Duration.ofSeconds(20));

        assertThat(alerting.snapshot("all").instances()).isEqualTo(2);
        assertThat(alerting.snapshot("all").instancesMissing()).isEqualTo(1);
    }

    @Test
    void a_solution_without_its_outcome_fires_and_its_outcome_resolves() {
        scene.solve("1", Source.CALLBACK);
        alerting.goOn(Duration.ofSeconds(90));
        assertThat(alerting.told()).containsExactly("firing OutcomesStalled");

        scene.end("1");
        alerting.goOn(Duration.ofSeconds(40));

        assertThat(alerting.told()).containsExactly("firing OutcomesStalled", "resolved OutcomesStalled");
    }

    @Test
    void a_high_failure_rate_fires_and_resolves_and_failures_are_digested_once() {
        scene.end(7, 3);
        alerting.goOn(Duration.ofSeconds(20));
        assertThat(alerting.told()).containsExactly("firing HighFailureRate");

        scene.end(100, 0);
        alerting.goOn(Duration.ofMinutes(40));

        assertThat(alerting.told()).containsExactly("firing HighFailureRate", "resolved HighFailureRate");
        assertThat(alerting.read(Topics.FAILURE_DIGESTS)).singleElement().satisfies(digest -> {
            assertThat(digest.failed()).isEqualTo(3);
            assertThat(digest.lines()).singleElement().satisfies(line -> {
                assertThat(line.error()).isEqualTo("TIMEOUT");
                assertThat(line.route()).isEqualTo(new Route("login"));
                assertThat(line.requestIds()).hasSize(3);
            });
        });
    }

    @Test
    void who_was_away_reads_all_that_was_written_before_anything_is_missed() {
        for (int i = 0; i < 50; i++) {
            scene.submit("t" + i);
        }
        alerting.goOn(Duration.ofSeconds(20));
        for (int i = 0; i < 49; i++) {
            scene.solve("t" + i, Source.CALLBACK);
        }
        alerting.isAwayFor(Duration.ofHours(2));
        alerting.goOn(Duration.ofSeconds(20));

        assertThat(alerting.told()).doesNotContain("firing LowDeliveryRate");
        assertThat(alerting.snapshot("all").totalDelivered()).isEqualTo(49);
    }

    @Test
    void the_topology_does_not_change_unintentionally() throws Exception {
        var config = new TopologyConfig(new StreamsConfig(TestAlerting.properties(directory)));
        var described = alerting.topology(config, 6).describe().toString();
        var approved = Path.of("src/test/resources/expected-topology.txt");
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(approved, described);
        }

        assertThat(described).isEqualTo(Files.readString(approved));
    }
}
