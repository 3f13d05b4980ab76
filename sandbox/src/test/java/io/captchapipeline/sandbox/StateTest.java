package io.captchapipeline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateTest {
    private static final String PINGBACK = "http://localhost/callback/" + TestSandbox.ticket("r-1", 1);

    private final State state = new State(new Bounds(3, 2, 2));

    @Test
    void an_accepted_task_is_paid_for_and_a_failed_one_is_paid_back() {
        accept(1, null, PINGBACK);
        accept(2, "ERROR_CAPTCHA_UNSOLVABLE", PINGBACK);
        assertThat(state.behaviour().balance()).isEqualByComparingTo("9.99402");

        state.apply(new Entry.Ended(1));
        state.apply(new Entry.Ended(2));
        assertThat(state.behaviour().balance()).isEqualByComparingTo("9.99701");
        assertThat(state.report().solved()).isEqualTo(1);
        assertThat(state.report().failed()).isEqualTo(1);
    }

    @Test
    void a_task_ends_once() {
        accept(1, "ERROR_CAPTCHA_UNSOLVABLE", PINGBACK);
        state.apply(new Entry.Ended(1));
        state.apply(new Entry.Ended(1));

        assertThat(state.report().failed()).isEqualTo(1);
        assertThat(state.behaviour().balance()).isEqualByComparingTo("10");
    }

    @Test
    void the_oldest_finished_tasks_are_forgotten_and_stay_counted() {
        for (int id = 1; id <= 5; id++) {
            accept(id, null, null);
            state.apply(new Entry.Ended(id));
        }

        assertThat(state.task(3)).isNull();
        assertThat(state.task(4)).isNotNull();
        assertThat(state.report().solved()).isEqualTo(5);
    }

    @Test
    void a_task_that_owes_a_callback_is_not_forgotten() {
        accept(1, null, PINGBACK);
        state.apply(new Entry.Ended(1));
        for (int id = 2; id <= 5; id++) {
            accept(id, null, null);
            state.apply(new Entry.Ended(id));
        }

        assertThat(state.running()).extracting(Task::id).containsExactly(1L);
    }

    @Test
    void a_finished_task_is_forgotten_after_an_hour() {
        accept(1, null, null);
        state.apply(new Entry.Ended(1));
        state.apply(new Entry.Accepted(task(2, null, null, State.TASK_LIFE_MS)));
        assertThat(state.task(1)).isNotNull();

        state.apply(new Entry.Accepted(task(3, null, null, State.TASK_LIFE_MS + 1)));
        assertThat(state.task(1)).isNull();
    }

    @Test
    void too_many_running_tasks_leave_no_slot() {
        accept(1, null, null);
        accept(2, null, null);
        assertThat(state.isFull()).isFalse();

        accept(3, null, null);
        assertThat(state.isFull()).isTrue();
    }

    @Test
    void who_was_silent_longest_leaves_the_report() {
        accept(1, null, "http://h/a");
        accept(2, null, "http://h/b");
        accept(3, null, "http://h/a");
        accept(4, null, "http://h/c");

        assertThat(state.report().byRequest()).containsOnlyKeys("/a", "/c");
        assertThat(state.report().accepted()).isEqualTo(4);
    }

    @Test
    void who_was_only_turned_away_has_nothing_to_pay() {
        state.apply(new Entry.Turned("r-9"));

        assertThat(state.report().byRequest()).isEmpty();
        assertThat(state.asked("r-9")).isEqualTo(1);
    }

    @Test
    void a_new_seed_begins_the_dice_anew_and_forgives_no_payment() {
        accept(1, null, PINGBACK);
        state.apply(new Entry.Behaves(Behaviour.DEFAULT, true));

        assertThat(state.asked("r-1")).isZero();
        assertThat(state.report().byRequest()).containsEntry("r-1", new TaskReport.Paid(1, Map.of(1, 1)));
    }

    @Test
    void its_entries_lead_to_the_same_state() {
        accept(1, null, PINGBACK);
        accept(2, "ERROR_CAPTCHA_UNSOLVABLE", "http://h/a");
        state.apply(new Entry.Ended(1));
        state.apply(new Entry.Ended(2));
        state.apply(new Entry.Called(2, true, true));
        state.apply(new Entry.Called(1, false, false));
        state.apply(new Entry.Polled(2));
        state.apply(new Entry.Reported(2));
        state.apply(new Entry.Turned("r-1"));
        state.apply(new Entry.Behaves(state.behaviour().with("fail_rate", 0.5), false));
        state.apply(new Entry.Pingbacks(List.of("example.com")));

        var copy = new State(new Bounds(3, 2, 2));
        state.entries().forEach(copy::apply);

        assertThat(copy.entries().toList()).isEqualTo(state.entries().toList()).hasSize(7);
        assertThat(copy.report()).isEqualTo(state.report());
        assertThat(copy.behaviour()).isEqualTo(state.behaviour());
        assertThat(copy.nextId()).isEqualTo(state.nextId());
        assertThat(copy.asked("r-1")).isEqualTo(2);
        assertThat(copy.task(2)).isEqualTo(state.task(2));
        assertThat(copy.running()).isEqualTo(state.running()).hasSize(1);
    }

    private void accept(long id, @Nullable String error, @Nullable String pingback) {
        state.apply(new Entry.Accepted(task(id, error, pingback, 0)));
    }

    private static Task task(long id, @Nullable String error, @Nullable String pingback, long at) {
        var submission = new Submission.Sound(Kind.RECAPTCHA_V2, Caller.of(pingback), pingback);
        return Task.accepted(id, submission, at, at, error, "0");
    }
}
