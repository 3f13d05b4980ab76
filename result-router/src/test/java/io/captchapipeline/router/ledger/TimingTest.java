package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.router.ledger.RequestEntry.Waiting;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Overdue;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimingTest {
    private final Scene scene = new Scene();

    @Test
    void a_tick_before_anything_is_due_changes_nothing() {
        var ledger = new Ledger(Events.RULES);
        scene.accepted("r-1", "11");
        var before = scene.request("r-1");

        var decision = ledger.decide(before, new LedgerEvent.Tick(Events.T0.plusSeconds(59)), scene.now());

        assertThat(decision).isEqualTo(Decision.of(before));
    }

    @Test
    void a_tick_for_an_entry_that_is_gone_changes_nothing() {
        var decision = new Ledger(Events.RULES).decide(null, new LedgerEvent.Tick(scene.now()), scene.now());

        assertThat(decision).isEqualTo(Decision.of(null));
    }

    @Test
    void an_attempt_gone_silent_is_followed_by_the_next_one() {
        scene.requested("r-1").asked("r-1", 1).later(119);
        assertThat(scene.admitted()).containsExactly(1);

        assertThat(scene.later(1).admitted()).containsExactly(1, 2);
    }

    @Test
    void silence_counts_from_when_the_broker_took_the_attempt_record() {
        var asked = Events.attempt("r-1", 1, scene.requested("r-1").now());
        scene.unnoticed(Duration.ofMinutes(1)).read(asked);

        assertThat(scene.later(60).admitted()).containsExactly(1, 2);
    }

    @Test
    void a_silent_attempt_without_another_left_waits_for_the_deadline() {
        scene.requested("r-1", ",\"max_attempts\":1").asked("r-1", 1).later(299);
        assertThat(scene.outcomes()).isEmpty();

        assertThat(scene.later(1).failure().error()).isEqualTo("NO_ANSWER");
        assertThat(scene.admitted()).containsExactly(1);
    }

    @Test
    void a_task_that_was_taken_is_not_given_up_on() {
        scene.accepted("r-1", "11").later(290);

        assertThat(scene.admitted()).containsExactly(1);
    }

    @Test
    void a_request_that_still_waits_in_the_queue_ends_at_its_deadline() {
        var failure = scene.requested("r-1").later(300).failure();

        assertThat(failure.error()).isEqualTo("SOLVER_UNAVAILABLE");
        assertThat(failure.status().wire()).isEqualTo("error");
        assertThat(failure.attempts()).isZero();
        assertThat(scene.hasParams("r-1")).isFalse();
    }

    @Test
    void a_request_that_was_only_ever_refused_ends_as_unavailable_with_the_last_word() {
        scene.requested("r-1").asked("r-1", 1).refused("r-1", 1, 200).later(200).later(100);

        assertThat(scene.failure().error()).isEqualTo("SOLVER_UNAVAILABLE");
        assertThat(scene.failure().errorDetail()).contains("ERROR_NO_SLOT_AVAILABLE");
        assertThat(scene.failure().attempts()).isEqualTo(1);
    }

    @Test
    void an_accepted_task_without_an_answer_is_a_timeout() {
        var failure = scene.accepted("r-1", "11").later(300).failure();

        assertThat(failure.error()).isEqualTo("TIMEOUT");
        assertThat(failure.status().wire()).isEqualTo("failed");
        assertThat(failure.taskId()).hasToString("11");
        assertThat(failure.attempts()).isEqualTo(1);
        assertThat(failure.submittedAt()).isEqualTo(Events.T0);
    }

    @Test
    void a_silent_last_attempt_is_no_answer() {
        scene.requested("r-1").asked("r-1", 1).later(120).asked("r-1", 2).later(180);

        assertThat(scene.failure().error()).isEqualTo("NO_ANSWER");
        assertThat(scene.failure().status().wire()).isEqualTo("failed");
        assertThat(scene.failure().attempts()).isEqualTo(2);
    }

    @Test
    void a_silent_attempt_whose_successor_waits_in_the_queue_is_no_answer() {
        scene.requested("r-1").asked("r-1", 1).later(120).later(180);

        assertThat(scene.failure().error()).isEqualTo("NO_ANSWER");
        assertThat(scene.failure().attempts()).isEqualTo(1);
    }

    @Test
    void an_unsolvable_attempt_whose_successor_waits_in_the_queue_is_a_timeout() {
        scene.accepted("r-1", "11")
                .failed("r-1", 1, "11", "ERROR_CAPTCHA_UNSOLVABLE")
                .later(300);

        assertThat(scene.failure().error()).isEqualTo("TIMEOUT");
    }

    @Test
    void attempts_that_were_never_taken_are_unavailable_also_when_there_were_two() {
        scene.requested("r-1")
                .asked("r-1", 1)
                .failed("r-1", 1, null, "ERROR_BAD_DUPLICATES")
                .later(300);

        assertThat(scene.failure().error()).isEqualTo("SOLVER_UNAVAILABLE");
    }

    @Test
    void a_silent_attempt_announced_late_is_not_silent() {
        scene.requested("r-1").asked("r-1", 1).later(120).taken("r-1", 1, "11").later(180);

        assertThat(scene.failure().error()).isEqualTo("TIMEOUT");
    }

    @Test
    void nothing_happens_after_an_outcome_until_it_is_forgotten() {
        scene.accepted("r-1", "11").linked().solved("r-1", 1, "11", "token").later(24 * 3600 - 1);
        assertThat(scene.request("r-1")).isInstanceOf(Settled.class);
        assertThat(scene.task("11")).isInstanceOf(TaskEntry.Alias.class);

        scene.later(1);
        assertThat(scene.request("r-1")).isNull();
        assertThat(scene.later(300).task("11")).isNull();
        assertThat(scene.outcomes()).hasSize(1);
    }

    @Test
    void a_late_callback_is_polled_for_after_a_minute_and_again_every_interval() {
        scene.accepted("r-1", "11").later(59);
        assertThat(scene.polls()).isEmpty();

        scene.later(1).later(9);
        assertThat(scene.polls()).hasSize(1);
        scene.later(1);

        assertThat(scene.polls()).extracting(Overdue::poll).containsExactly(1, 2);
        var poll = scene.polls().getLast();
        assertThat(poll.requestId()).hasToString("r-1");
        assertThat(poll.taskId()).hasToString("11");
        assertThat(poll.attempt()).isEqualTo(1);
        assertThat(poll.account()).isEqualTo(Events.ACCOUNT);
        assertThat(poll.method()).isEqualTo(Events.METHOD);
        assertThat(poll.route()).hasToString("login");
        assertThat(poll.dueAt()).isEqualTo(scene.now());
    }

    @Test
    void polls_missed_are_not_made_up_for() {
        scene.accepted("r-1", "11").later(200).later(0);

        assertThat(scene.polls()).hasSize(1);
    }

    @Test
    void a_task_is_polled_for_at_most_so_often() {
        scene.accepted("r-1", "11");
        for (int second = 0; second < 299; second++) {
            scene.later(1);
        }
        assertThat(scene.polls()).hasSize(20);

        assertThat(firstPolls(rules(null, 2, true)).stream().limit(99)).hasSize(2);
        assertThat(firstPolls(rules(null, 0, true))).isEmpty();
    }

    @Test
    void nothing_is_polled_for_past_the_deadline() {
        scene.accepted("r-1", "11").later(299).later(10).later(10);

        assertThat(scene.polls()).hasSize(1);
        assertThat(scene.failure().error()).isEqualTo("TIMEOUT");
    }

    @Test
    void nothing_is_polled_for_that_nobody_is_known_to_have_taken() {
        scene.requested("r-1", ",\"max_attempts\":1").asked("r-1", 1).later(250);

        assertThat(scene.polls()).isEmpty();
    }

    @Test
    void a_short_request_is_polled_for_at_half_of_its_time() {
        scene.requested("r-1", ",\"timeout_seconds\":40")
                .asked("r-1", 1)
                .taken("r-1", 1, "11")
                .later(19);
        assertThat(scene.polls()).isEmpty();

        assertThat(scene.later(1).polls()).hasSize(1);
    }

    @Test
    void the_first_poll_is_when_the_setting_says() {
        assertThat(firstPolls(rules(Duration.ofSeconds(7), 20, true)).getFirst())
                .isEqualTo(7);
    }

    @Test
    void without_a_callback_url_a_token_is_polled_for_early() {
        assertThat(firstPolls(rules(null, 20, false)).getFirst()).isEqualTo(15);
    }

    @Test
    void without_a_callback_url_an_image_is_polled_for_earlier() {
        var rules = rules(null, 20, false).polls();
        var plan = rules.from(Events.T0, new Method("base64"), false, Duration.ofMinutes(5));

        assertThat(plan.next()).isEqualTo(Events.T0.plusSeconds(5));
    }

    @Test
    void a_task_for_which_no_callback_is_expected_is_polled_for_early() {
        scene.requested("r-1").announced(withoutCallback("r-1", "11")).later(14);
        assertThat(scene.polls()).isEmpty();

        assertThat(scene.later(1).polls()).hasSize(1);
    }

    private static Submitted withoutCallback(String id, String task) {
        return new Submitted(
                new TaskId(task), new RequestId(id), null, null, 1, null, null, Events.ACCOUNT, Map.of(), false);
    }

    private static LedgerRules rules(@Nullable Duration after, int most, boolean callsBack) {
        var rules = Events.RULES;
        return new LedgerRules(
                rules.requestTimeout(),
                rules.attemptTimeout(),
                rules.dedupRetention(),
                new PollRules(after, Duration.ofSeconds(10), most, callsBack),
                rules.tokenLife());
    }

    /// The seconds after acceptance in which a task is polled for.
    private static List<Long> firstPolls(LedgerRules rules) {
        var scene = new Scene(rules).accepted("r-1", "11");
        for (int second = 0; second < 120; second++) {
            scene.later(1);
        }
        return scene.polls().stream()
                .map(poll -> Duration.between(Events.T0, poll.dueAt()).toSeconds())
                .toList();
    }

    @Test
    void a_refused_request_waits_and_is_due_at_the_end_of_the_wait() {
        scene.requested("r-1").asked("r-1", 1).refused("r-1", 1, 60);
        assertThat(scene.request("r-1"))
                .extracting(Entry::due)
                .isEqualTo(scene.now().plusSeconds(60));

        assertThat(scene.later(60).request("r-1")).isInstanceOf(Waiting.class);
    }
}
