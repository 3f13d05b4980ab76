package io.captchapipeline.alerting.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.AlertState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertLogTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Judgement BAD = Judgement.alarming(2, 1, "bad");
    private static final Judgement GOOD = Judgement.well("good");
    private static final Judgement UNSURE = Judgement.unsure("perhaps");

    private final AlertLog log = new AlertLog(Duration.ofHours(4));
    private final List<Alert> told = new ArrayList<>();
    private AlertLog.State state = new AlertLog.Quiet(0);

    @Test
    void what_keeps_alarming_is_told_once_and_its_end_once() {
        judge(AlertName.STALE_CALLBACKS, BAD, 0);
        judge(AlertName.STALE_CALLBACKS, BAD, 10);
        judge(AlertName.STALE_CALLBACKS, GOOD, 20);
        judge(AlertName.STALE_CALLBACKS, GOOD, 30);

        assertThat(told).extracting(Alert::state).containsExactly(AlertState.FIRING, AlertState.RESOLVED);
        assertThat(told.getLast().since()).isEqualTo(NOON);
        assertThat(told.getLast().at()).isEqualTo(NOON.plusSeconds(20));
    }

    @Test
    void what_still_alarms_is_told_again_after_the_repeat_with_the_same_beginning() {
        judge(AlertName.STALE_CALLBACKS, BAD, 0);
        judge(AlertName.STALE_CALLBACKS, BAD, 4 * 3600 - 1);
        judge(AlertName.STALE_CALLBACKS, BAD, 4 * 3600);
        judge(AlertName.STALE_CALLBACKS, BAD, 4 * 3600 + 10);

        assertThat(told).extracting(Alert::at).containsExactly(NOON, NOON.plusSeconds(4 * 3600));
        assertThat(told).extracting(Alert::since).containsOnly(NOON);
    }

    @Test
    void a_margin_neither_begins_nor_ends_anything() {
        judge(AlertName.HIGH_ERROR_RATE, UNSURE, 0);
        assertThat(told).isEmpty();
        judge(AlertName.HIGH_ERROR_RATE, BAD, 10);
        judge(AlertName.HIGH_ERROR_RATE, UNSURE, 20);
        judge(AlertName.HIGH_ERROR_RATE, BAD, 30);

        assertThat(told).hasSize(1);
    }

    @Test
    void a_flapping_rate_has_to_be_well_twice_in_a_row() {
        judge(AlertName.HIGH_ERROR_RATE, BAD, 0);
        judge(AlertName.HIGH_ERROR_RATE, GOOD, 10);
        judge(AlertName.HIGH_ERROR_RATE, BAD, 20);
        judge(AlertName.HIGH_ERROR_RATE, GOOD, 30);
        assertThat(told).hasSize(1);

        judge(AlertName.HIGH_ERROR_RATE, GOOD, 40);

        assertThat(told).hasSize(2);
    }

    @Test
    void what_takes_strikes_begins_with_the_last_of_them() {
        judge(AlertName.SOLVER_REFUSING, BAD, 0);
        judge(AlertName.SOLVER_REFUSING, BAD, 10);
        assertThat(told).isEmpty();

        judge(AlertName.SOLVER_REFUSING, BAD, 20);

        assertThat(told).singleElement().extracting(Alert::since).isEqualTo(NOON.plusSeconds(20));
    }

    private void judge(AlertName alert, Judgement judgement, long second) {
        var step = log.next(alert, state, judgement, NOON.plusSeconds(second));
        state = step.next();
        step.told().ifPresent(told::add);
    }
}
