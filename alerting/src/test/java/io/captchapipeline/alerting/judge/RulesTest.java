package io.captchapipeline.alerting.judge;

import static io.captchapipeline.alerting.judge.Judgement.Verdict.ALARMING;
import static io.captchapipeline.alerting.judge.Judgement.Verdict.UNSURE;
import static io.captchapipeline.alerting.judge.Judgement.Verdict.WELL;
import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.alerting.judge.Situation.Counts;
import io.captchapipeline.alerting.judge.Situation.Failures;
import io.captchapipeline.schemas.event.AlertName;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RulesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Thresholds THRESHOLDS = thresholds(Set.of());

    @ParameterizedTest
    @EnumSource(AlertName.class)
    void an_idle_pipeline_alarms_nobody(AlertName alert) {
        assertThat(Rules.judge(alert, Situation.calm(NOON), THRESHOLDS).verdict())
                .isNotEqualTo(ALARMING);
    }

    @ParameterizedTest
    @EnumSource(AlertName.class)
    void what_is_switched_off_alarms_nobody(AlertName alert) {
        var all = thresholds(EnumSet.allOf(AlertName.class));

        assertThat(Rules.judge(alert, terrible(), THRESHOLDS).verdict()).isEqualTo(ALARMING);
        assertThat(Rules.judge(alert, terrible(), all).verdict()).isEqualTo(WELL);
    }

    @ParameterizedTest
    @CsvSource({"300, WELL", "301, ALARMING"})
    void silence_alarms_once_somebody_has_waited_too_long(long seconds, Judgement.Verdict verdict) {
        var situation = with(Situation.calm(NOON), NOON.minusSeconds(seconds), FleetView.NONE, Probes.View.NONE);

        assertThat(Rules.judge(AlertName.STALE_CALLBACKS, situation, THRESHOLDS).verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"0.051, 100, ALARMING", "0.05, 100, UNSURE", "0.04, 100, WELL", "1.0, 9, WELL", "1.0, 10, ALARMING"})
    void an_error_rate_alarms_above_its_threshold_and_is_well_with_a_margin(
            double rate, long samples, Judgement.Verdict verdict) {
        assertThat(Rules.judge(AlertName.HIGH_ERROR_RATE, fleet(1.0, 0, rate, samples), THRESHOLDS)
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"1001, 100, ALARMING", "1000, 100, UNSURE", "800, 100, WELL", "5000, 9, WELL"})
    void slow_callbacks_alarm(double p95, long samples, Judgement.Verdict verdict) {
        assertThat(Rules.judge(AlertName.SLOW_CALLBACKS, fleet(p95, samples, 0.0, 0), THRESHOLDS)
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"89, 11, ALARMING", "90, 10, UNSURE", "92, 8, WELL", "0, 9, WELL", "0, 10, ALARMING"})
    void a_low_delivery_rate_alarms(long delivered, long missed, Judgement.Verdict verdict) {
        var situation = counted(new Counts(delivered, missed), new Failures(0, 0, null));

        assertThat(Rules.judge(AlertName.LOW_DELIVERY_RATE, situation, THRESHOLDS)
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"79, 21, ALARMING", "80, 20, UNSURE", "84, 16, WELL", "0, 9, WELL", "0, 10, ALARMING"})
    void a_high_failure_rate_alarms_and_names_the_oftenest_error(long solved, long failed, Judgement.Verdict verdict) {
        var situation = counted(new Counts(0, 0), new Failures(solved, failed, "TIMEOUT"));
        var judgement = Rules.judge(AlertName.HIGH_FAILURE_RATE, situation, THRESHOLDS);

        assertThat(judgement.verdict()).isEqualTo(verdict);
        assertThat(judgement.summary()).matches(text -> verdict == WELL || text.contains("TIMEOUT"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, WELL", "1, 0, 0, UNSURE", "1, 1, 0, WELL", "1, 1, 2, UNSURE", "1, 1, 3, ALARMING"})
    void an_endpoint_is_down_after_some_strikes(int known, int asked, int strikes, Judgement.Verdict verdict) {
        var probes = new Probes.View(known, asked, strikes, "connection refused", null);
        var situation = with(Situation.calm(NOON), null, FleetView.NONE, probes);

        assertThat(Rules.judge(AlertName.ENDPOINT_DOWN, situation, THRESHOLDS).verdict())
                .isEqualTo(verdict);
    }

    @Test
    void the_poorest_account_decides_about_the_balance() {
        var situation = solvers(solver("rich", 100.0, false), solver("poor", 1.5, false));
        var judgement = Rules.judge(AlertName.LOW_BALANCE, situation, THRESHOLDS);

        assertThat(judgement.verdict()).isEqualTo(ALARMING);
        assertThat(judgement.labels()).containsEntry("account", "poor");
        assertThat(Rules.judge(AlertName.LOW_BALANCE, solvers(solver("secret", null, false)), THRESHOLDS)
                        .verdict())
                .isEqualTo(UNSURE);
    }

    @ParameterizedTest
    @CsvSource({"1.99, ALARMING", "2.0, UNSURE", "2.39, UNSURE", "2.4, WELL"})
    void a_balance_is_well_again_with_a_margin(double balance, Judgement.Verdict verdict) {
        assertThat(Rules.judge(AlertName.LOW_BALANCE, solvers(solver("main", balance, false)), THRESHOLDS)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void of_one_account_the_newest_balance_counts_whoever_tells_it() {
        var situation = solvers(
                new Figure.Solver("main", "one", NOON.minusSeconds(3_600), 1.0, false, null),
                new Figure.Solver("main", "other", NOON, 50.0, false, null),
                new Figure.Solver("main", "third", NOON, null, false, null));

        assertThat(Rules.judge(AlertName.LOW_BALANCE, situation, THRESHOLDS).verdict())
                .isEqualTo(WELL);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 0, false, 0, ALARMING",
        "true, 60, false, 0, ALARMING",
        "true, 61, false, 0, WELL",
        "false, 0, false, 0, WELL",
        "true, 61, false, 61, UNSURE"
    })
    void one_instance_that_is_refused_is_enough_and_one_that_is_silent_says_nothing(
            boolean refusing, long silent, boolean otherRefusing, long otherSilent, Judgement.Verdict verdict) {
        var situation = solvers(
                new Figure.Solver("main", "one", NOON.minusSeconds(silent), 9.0, refusing, null),
                new Figure.Solver("main", "other", NOON.minusSeconds(otherSilent), 9.0, otherRefusing, null));

        assertThat(Rules.judge(AlertName.SOLVER_REFUSING, situation, THRESHOLDS).verdict())
                .isEqualTo(verdict);
    }

    private static Situation terrible() {
        return new Situation(
                NOON,
                new Counts(0, 100),
                NOON.minusSeconds(3600),
                new FleetView(60_000.0, 100, 1.0, 100, 1, 1, 1, null),
                new Probes.View(1, 1, 9, "connection refused", 0.0),
                List.of(solver("main", 0.0, true)),
                3,
                2,
                NOON.minusSeconds(100),
                new Failures(0, 100, null),
                NOON.minusSeconds(61));
    }

    private static Situation with(Situation calm, @Nullable Instant waitingSince, FleetView fleet, Probes.View probes) {
        return new Situation(
                calm.now(),
                calm.deliveries(),
                waitingSince,
                fleet,
                probes,
                calm.solvers(),
                0,
                0,
                null,
                calm.failures(),
                null);
    }

    private static Situation fleet(double p95, long latencies, double errors, long judged) {
        return with(
                Situation.calm(NOON),
                null,
                new FleetView(p95, latencies, errors, judged, 1, 1, 0, null),
                Probes.View.NONE);
    }

    private static Situation counted(Counts counts, Failures failures) {
        return new Situation(
                NOON, counts, null, FleetView.NONE, Probes.View.NONE, List.of(), 0, 0, null, failures, null);
    }

    private static Situation solvers(Figure.Solver... solvers) {
        return new Situation(
                NOON,
                new Counts(0, 0),
                null,
                FleetView.NONE,
                Probes.View.NONE,
                List.of(solvers),
                0,
                0,
                null,
                new Failures(0, 0, null),
                null);
    }

    private static Figure.Solver solver(String account, @Nullable Double balance, boolean refusing) {
        return new Figure.Solver(account, "one", NOON, balance, refusing, null);
    }

    private static Thresholds thresholds(Set<AlertName> disabled) {
        return new Thresholds(
                Duration.ofMinutes(5),
                0.05,
                100,
                Duration.ofSeconds(1),
                0.90,
                0.20,
                10,
                Optional.of(2.0),
                Duration.ofHours(1),
                disabled);
    }
}
