package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.router.ledger.RequestEntry.Open;
import io.captchapipeline.router.ledger.RequestEntry.Waiting;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnsweringTest {
    private final Scene scene = new Scene();

    @Test
    void an_answer_is_the_outcome_with_all_that_is_known() {
        scene.accepted("r-1", "11").unnoticed(Duration.ofMillis(14_200)).solved("r-1", 1, "11", "token");

        var solved = scene.solution();
        assertThat(solved.requestId()).hasToString("r-1");
        assertThat(solved.taskId()).hasToString("11");
        assertThat(solved.solution().text()).isEqualTo("token");
        assertThat(solved.method()).isEqualTo(Events.METHOD);
        assertThat(solved.route()).hasToString("login");
        assertThat(solved.metadata()).containsEntry("job", "42");
        assertThat(solved.attempts()).isEqualTo(1);
        assertThat(solved.submittedAt()).isEqualTo(Events.T0);
        assertThat(solved.receivedAt()).isEqualTo(scene.now());
        assertThat(solved.expiresAt()).isEqualTo(scene.now().plusSeconds(120));
        assertThat(solved.solveSeconds()).isEqualTo(14.2);
        assertThat(solved.source()).hasToString("CALLBACK");
        assertThat(solved.cost()).isEqualTo(new BigDecimal("0.00299"));
    }

    @Test
    void params_are_forgotten_with_the_outcome() {
        scene.accepted("r-1", "11").solved("r-1", 1, "11", "token");

        assertThat(scene.hasParams("r-1")).isFalse();
    }

    @Test
    void an_answer_that_beats_its_announcement_is_the_outcome() {
        scene.requested("r-1").asked("r-1", 1).solved("r-1", 1, "11", "token").taken("r-1", 1, "11");

        assertThat(scene.solution().submittedAt()).isEqualTo(Events.T0);
        assertThat(scene.counted()).isEmpty();
    }

    @Test
    void an_answer_that_beats_its_attempt_record_is_the_outcome() {
        scene.requested("r-1").solved("r-1", 1, "11", "token").asked("r-1", 1);

        assertThat(scene.solution().attempts()).isEqualTo(1);
        assertThat(scene.outcomes()).hasSize(1);
    }

    @Test
    void an_answer_recovers_a_task_whose_announcement_was_lost_and_leaves_its_alias() {
        scene.requested("r-1")
                .asked("r-1", 1)
                .later(100)
                .solved("r-1", 1, "11", "token")
                .linked();
        scene.bare("11", "token").linked().later(10);

        assertThat(scene.outcomes()).hasSize(1);
        assertThat(scene.counted()).containsExactly(Counted.DUPLICATE_ANSWER);
    }

    @Test
    void a_failure_recovers_a_task_whose_announcement_was_lost_and_leaves_its_alias() {
        scene.requested("r-1")
                .asked("r-1", 1)
                .failed("r-1", 1, "11", "ERROR_CAPTCHA_UNSOLVABLE")
                .linked();
        scene.bare("11", "late").linked().later(10);

        assertThat(scene.outcomes()).isEmpty();
        assertThat(scene.counted()).containsExactly(Counted.LATE_ANSWER);
    }

    @Test
    void a_ticket_for_another_task_than_was_taken_is_a_mismatch() {
        scene.accepted("r-1", "11").solved("r-1", 1, "66", "forged");

        assertThat(scene.outcomes()).isEmpty();
        assertThat(scene.counted()).containsExactly(Counted.MISMATCHED_ANSWER);
    }

    @Test
    void a_ticket_of_an_attempt_that_was_never_made_is_a_mismatch() {
        scene.accepted("r-1", "11").solved("r-1", 2, "11", "forged");

        assertThat(scene.outcomes()).isEmpty();
        assertThat(scene.counted()).containsExactly(Counted.MISMATCHED_ANSWER);
    }

    @Test
    void the_same_answer_again_is_a_duplicate_and_another_a_conflict() {
        scene.accepted("r-1", "11")
                .solved("r-1", 1, "11", "token")
                .solved("r-1", 1, "11", "token")
                .solved("r-1", 1, "11", "other")
                .failed("r-1", 1, "11", "ERROR_CAPTCHA_UNSOLVABLE");

        assertThat(scene.solution().solution().text()).isEqualTo("token");
        assertThat(scene.counted())
                .containsExactly(Counted.DUPLICATE_ANSWER, Counted.CONFLICTING_ANSWER, Counted.CONFLICTING_ANSWER);
    }

    @Test
    void an_answer_after_the_request_ended_without_one_is_late() {
        scene.accepted("r-1", "11").later(300).solved("r-1", 1, "11", "token");

        assertThat(scene.failure().error()).isEqualTo("TIMEOUT");
        assertThat(scene.counted()).containsExactly(Counted.LATE_ANSWER);
    }

    @Test
    void an_answer_after_the_deadline_is_the_outcome_while_none_was_told() {
        scene.accepted("r-1", "11").unnoticed(Duration.ofSeconds(400)).solved("r-1", 1, "11", "token");

        assertThat(scene.solution().solution().text()).isEqualTo("token");
    }

    @Test
    void a_ticketed_answer_to_nothing_remembered_is_counted() {
        scene.solved("r-1", 1, "11", "token");

        assertThat(scene.outcomes()).isEmpty();
        assertThat(scene.request("r-1")).isNull();
        assertThat(scene.counted()).containsExactly(Counted.ENTRY_GONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR_CAPTCHA_UNSOLVABLE", "ERROR_BAD_DUPLICATES"})
    void what_another_attempt_may_solve_gets_one(String error) {
        scene.accepted("r-1", "11").failed("r-1", 1, "11", error);

        assertThat(scene.admitted()).containsExactly(1, 2);
        assertThat(scene.hasParams("r-1")).isTrue();
        assertThat(scene.outcomes()).isEmpty();
    }

    @Test
    void any_other_failure_is_the_outcome() {
        scene.accepted("r-1", "11").failed("r-1", 1, "11", "ERROR_PROXY_CONNECTION_FAILED");

        assertThat(scene.failure().error()).isEqualTo("ERROR_PROXY_CONNECTION_FAILED");
        assertThat(scene.failure().status().wire()).isEqualTo("error");
        assertThat(scene.admitted()).containsExactly(1);
    }

    @Test
    void the_failure_of_the_last_attempt_is_the_outcome() {
        scene.accepted("r-1", "11")
                .failed("r-1", 1, "11", "ERROR_CAPTCHA_UNSOLVABLE")
                .asked("r-1", 2)
                .taken("r-1", 2, "12")
                .failed("r-1", 2, "12", "ERROR_CAPTCHA_UNSOLVABLE");

        assertThat(scene.failure().error()).isEqualTo("ERROR_CAPTCHA_UNSOLVABLE");
        assertThat(scene.failure().status().wire()).isEqualTo("failed");
        assertThat(scene.failure().attempts()).isEqualTo(2);
        assertThat(scene.admitted()).containsExactly(1, 2);
    }

    @Test
    void nothing_is_admitted_after_the_deadline() {
        scene.accepted("r-1", "11").unnoticed(Duration.ofMinutes(5)).failed("r-1", 1, "11", "ERROR_CAPTCHA_UNSOLVABLE");

        assertThat(scene.admitted()).containsExactly(1);
        assertThat(scene.failure().error()).isEqualTo("ERROR_CAPTCHA_UNSOLVABLE");
    }

    @Test
    void a_solution_for_an_earlier_silent_attempt_is_the_outcome() {
        scene.requested("r-1").asked("r-1", 1).later(120).asked("r-1", 2).taken("r-1", 2, "12");
        scene.solved("r-1", 1, "11", "token").solved("r-1", 2, "12", "other");

        assertThat(scene.solution().taskId()).hasToString("11");
        assertThat(scene.solution().attempts()).isEqualTo(2);
        assertThat(scene.solution().submittedAt()).isEqualTo(Events.T0);
        assertThat(scene.counted()).containsExactly(Counted.LATE_ANSWER);
    }

    @Test
    void a_failure_of_an_earlier_attempt_does_not_end_the_request() {
        scene.requested("r-1").asked("r-1", 1).later(120).asked("r-1", 2);
        scene.failed("r-1", 1, "11", "ERROR_GOOGLEKEY");

        assertThat(scene.outcomes()).isEmpty();
        assertThat(scene.counted()).containsExactly(Counted.STALE_FAILURE);
    }

    @Test
    void the_first_answer_for_a_task_counts_also_when_another_attempt_follows() {
        scene.accepted("r-1", "11")
                .failed("r-1", 1, "11", "ERROR_CAPTCHA_UNSOLVABLE")
                .solved("r-1", 1, "11", "token");

        assertThat(scene.outcomes()).isEmpty();
        assertThat(scene.counted()).containsExactly(Counted.LATE_ANSWER);
    }

    @Test
    void the_task_of_an_earlier_attempt_announced_late_is_remembered() {
        scene.requested("r-1").asked("r-1", 1).later(120).taken("r-1", 1, "11").linked();
        scene.solved("r-1", 1, "66", "forged").bare("11", "token").linked();

        assertThat(scene.counted()).containsExactly(Counted.MISMATCHED_ANSWER);
        assertThat(scene.solution().taskId()).hasToString("11");
    }

    @Test
    void another_task_for_an_earlier_attempt_is_a_mismatch() {
        scene.accepted("r-1", "11")
                .failed("r-1", 1, "11", "ERROR_CAPTCHA_UNSOLVABLE")
                .taken("r-1", 1, "66");

        assertThat(scene.counted()).containsExactly(Counted.MISMATCHED_ANNOUNCEMENT);
    }

    @Test
    void a_bare_answer_finds_its_request_by_the_alias() {
        scene.accepted("r-1", "11").linked().bare("11", "token");
        assertThat(scene.outcomes()).isEmpty();

        assertThat(scene.linked().solution().requestId()).hasToString("r-1");
    }

    @Test
    void a_bare_answer_that_beats_the_announcement_finds_its_request_within_the_grace() {
        scene.requested("r-1")
                .bare("11", "token")
                .later(1)
                .taken("r-1", 1, "11")
                .linked();

        assertThat(scene.solution().requestId()).hasToString("r-1");
        assertThat(scene.later(10).outcomes()).hasSize(1);
    }

    @Test
    void an_answer_with_a_routes_ticket_for_a_ticketed_task_is_a_mismatch() {
        scene.accepted("r-1", "11").linked().byRoute("11", "forged").linked();

        assertThat(scene.outcomes()).isEmpty();
        assertThat(scene.counted()).containsExactly(Counted.MISMATCHED_ANSWER);
        assertThat(scene.request("r-1")).isInstanceOf(Open.class);
    }

    @Test
    void a_polled_answer_is_the_outcome() {
        scene.accepted("r-1", "11").result(Events.polled("r-1", 1, "11", "token", scene.now()));

        assertThat(scene.solution().source()).hasToString("POLL");
    }

    @Test
    void a_refusal_of_a_task_that_was_taken_is_a_mismatch() {
        scene.accepted("r-1", "11").refused("r-1", 1, 5).later(10);

        assertThat(scene.admitted()).containsExactly(1);
        assertThat(scene.counted()).containsExactly(Counted.MISMATCHED_ANSWER);
    }

    @Test
    void a_refusal_of_an_earlier_attempt_does_not_delay_the_running_one() {
        scene.requested("r-1").asked("r-1", 1).later(120).refused("r-1", 1, 60);

        assertThat(scene.request("r-1")).isInstanceOf(Waiting.class);
        assertThat(scene.counted()).containsExactly(Counted.STALE_FAILURE);
    }
}
