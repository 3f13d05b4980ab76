package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.router.ledger.RequestEntry.Accepted;
import io.captchapipeline.router.ledger.RequestEntry.Asked;
import io.captchapipeline.router.ledger.RequestEntry.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AskingTest {
    private final Scene scene = new Scene();

    @Test
    void an_attempt_record_makes_the_attempt_uncertain() {
        scene.requested("r-1").asked("r-1", 1);

        assertThat(scene.request("r-1")).isInstanceOf(Asked.class);
    }

    @Test
    void an_announcement_makes_it_accepted_and_leaves_an_alias() {
        scene.accepted("r-1", "11").linked();

        assertThat(scene.request("r-1")).isInstanceOf(Accepted.class);
        assertThat(scene.task("11")).isInstanceOf(TaskEntry.Alias.class);
    }

    @Test
    void an_announcement_that_is_read_before_its_attempt_record_is_understood() {
        scene.requested("r-1").taken("r-1", 1, "11").asked("r-1", 1);

        assertThat(scene.request("r-1")).isInstanceOf(Accepted.class);
    }

    @Test
    void an_announcement_repeated_is_counted() {
        scene.accepted("r-1", "11").taken("r-1", 1, "11");

        assertThat(scene.counted()).containsExactly(Counted.REPEATED_ANNOUNCEMENT);
    }

    @Test
    void a_second_task_for_the_same_attempt_is_a_mismatch() {
        scene.accepted("r-1", "11").taken("r-1", 1, "12").linked();

        assertThat(scene.counted()).containsExactly(Counted.MISMATCHED_ANNOUNCEMENT);
        assertThat(scene.task("12")).isNull();
    }

    @Test
    void an_announcement_of_an_attempt_that_was_never_made_is_a_mismatch() {
        scene.requested("r-1").taken("r-1", 2, "11");

        assertThat(scene.counted()).containsExactly(Counted.MISMATCHED_ANNOUNCEMENT);
        assertThat(scene.request("r-1")).isInstanceOf(Waiting.class);
    }

    @Test
    void a_foreign_announcement_under_the_name_of_an_admitted_request_is_a_mismatch() {
        scene.requested("r-1").announced("r-1", "99").linked();

        assertThat(scene.counted()).containsExactly(Counted.MISMATCHED_ANNOUNCEMENT);
        assertThat(scene.task("99")).isNull();
    }

    @Test
    void a_refusal_with_a_wait_admits_the_same_attempt_after_it() {
        scene.requested("r-1").asked("r-1", 1).refused("r-1", 1, 5).later(4);
        assertThat(scene.admitted()).containsExactly(1);

        scene.later(1);
        assertThat(scene.admitted()).containsExactly(1, 1);
    }

    @Test
    void a_refusal_without_a_time_to_wait_still_waits_a_second() {
        scene.requested("r-1").asked("r-1", 1).refused("r-1", 1, 0).later(0);
        assertThat(scene.admitted()).containsExactly(1);

        scene.later(1);
        assertThat(scene.admitted()).containsExactly(1, 1);
    }

    @Test
    void a_refusal_is_no_outcome() {
        scene.requested("r-1").asked("r-1", 1).refused("r-1", 1, 5);

        assertThat(scene.outcomes()).isEmpty();
    }

    @Test
    void a_wait_past_the_deadline_ends_at_the_deadline() {
        scene.requested("r-1", ",\"timeout_seconds\":30").asked("r-1", 1).refused("r-1", 1, 60);

        assertThat(scene.later(30).failure().error()).isEqualTo("SOLVER_UNAVAILABLE");
        assertThat(scene.later(60).admitted()).containsExactly(1);
    }

    @Test
    void a_refusal_read_before_its_attempt_record_does_not_make_the_next_asking_look_silent() {
        var asked = Events.attempt("r-1", 1, scene.requested("r-1").now());
        scene.unnoticed(Duration.ofMillis(300)).refused("r-1", 1, 5).read(asked).later(5);

        assertThat(scene.request("r-1")).isInstanceOf(Waiting.class);
        assertThat(scene.later(130).admitted()).containsExactly(1, 1);
    }

    @Test
    void the_attempt_record_of_the_second_asking_counts() {
        scene.requested("r-1").asked("r-1", 1).refused("r-1", 1, 5).later(5).asked("r-1", 1);

        assertThat(scene.request("r-1")).isInstanceOf(Asked.class);
    }

    @Test
    void the_same_refusal_read_again_does_not_admit_again() {
        var refused = Events.refused("r-1", 1, 5, scene.now());
        scene.requested("r-1")
                .asked("r-1", 1)
                .result(refused)
                .later(5)
                .result(refused)
                .later(10);

        assertThat(scene.admitted()).containsExactly(1, 1);
        assertThat(scene.counted()).containsExactly(Counted.DUPLICATE_ANSWER);
    }

    @Test
    void an_asking_by_a_submitter_whose_clock_is_behind_is_one_like_any_other() {
        scene.requested("r-1").asked("r-1", 1);
        scene.result(Events.refused("r-1", 1, 1, scene.now().plusSeconds(5))).later(1);
        scene.asked("r-1", 1);
        assertThat(scene.request("r-1")).isInstanceOf(Asked.class);

        scene.result(Events.refused("r-1", 1, 1, scene.now().minusMillis(1500))).later(1);

        assertThat(scene.admitted()).containsExactly(1, 1, 1);
    }

    @Test
    void a_refusal_before_the_last_one_does_not_admit_again_when_it_is_repeated() {
        var first = Events.refused("r-1", 1, 1, scene.now());
        scene.requested("r-1").asked("r-1", 1).result(first).later(1);
        scene.unnoticed(Duration.ofMillis(200))
                .asked("r-1", 1)
                .refused("r-1", 1, 1)
                .later(1);
        scene.result(first)
                .unnoticed(Duration.ofMillis(200))
                .asked("r-1", 1)
                .result(first)
                .later(10);

        assertThat(scene.admitted()).containsExactly(1, 1, 1);
        assertThat(scene.counted()).containsExactly(Counted.DUPLICATE_ANSWER, Counted.DUPLICATE_ANSWER);
    }

    @Test
    void a_task_announced_after_a_refusal_is_taken_so_that_nothing_is_posted_twice() {
        scene.requested("r-1")
                .asked("r-1", 1)
                .refused("r-1", 1, 5)
                .taken("r-1", 1, "11")
                .later(10);

        assertThat(scene.admitted()).containsExactly(1);
        assertThat(scene.request("r-1")).isInstanceOf(Accepted.class);
    }

    @Test
    void a_final_refusal_is_the_outcome() {
        scene.requested("r-1").asked("r-1", 1).failed("r-1", 1, null, "ERROR_GOOGLEKEY");

        assertThat(scene.failure().error()).isEqualTo("ERROR_GOOGLEKEY");
        assertThat(scene.failure().status().wire()).isEqualTo("error");
        assertThat(scene.failure().source()).hasToString("SUBMIT");
        assertThat(scene.failure().attempts()).isEqualTo(1);
        assertThat(scene.failure().taskId()).isNull();
    }

    @Test
    void an_attempt_record_of_nothing_remembered_is_counted() {
        scene.asked("r-1", 1);

        assertThat(scene.counted()).containsExactly(Counted.ENTRY_GONE);
        assertThat(scene.request("r-1")).isNull();
    }
}
