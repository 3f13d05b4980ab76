package io.captchapipeline.alerting.figures;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskBookTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final BookSettings SETTINGS =
            BookSettings.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofHours(24));

    private final MemoryTable table = new MemoryTable();
    private TaskBook book = new TaskBook(table, SETTINGS, 1);

    @Test
    void a_task_is_pending_then_delivered() {
        announce("1", 0);
        assertThat(at(1)).satisfies(figures -> {
            assertThat(all(figures).total(Deliveries.PENDING)).isEqualTo(1);
            assertThat(figures.waitingSince()).isEqualTo(NOON);
        });

        callBack("1", 20);
        var figures = at(30);

        assertThat(all(figures).total(Deliveries.PENDING)).isZero();
        assertThat(all(figures).window(Deliveries.DELIVERED)).isEqualTo(1);
        assertThat(figures.waitingSince()).isNull();
    }

    @Test
    void a_task_without_a_callback_is_missed_and_named_once_its_time_is_up() {
        announce("1", 0);
        assertThat(all(at(300)).window(Deliveries.MISSED)).isZero();

        var figures = at(301);

        assertThat(all(figures).window(Deliveries.MISSED)).isEqualTo(1);
        assertThat(all(figures).total(Deliveries.PENDING)).isZero();
        assertThat(figures.missed()).containsExactly(new MissedTask("1", NOON.plusSeconds(300)));
    }

    @Test
    void a_poll_does_not_deliver_but_a_missed_task_that_was_polled_is_rescued() {
        announce("1", 0);
        poll("1", 60);
        announce("2", 0);
        at(301);
        poll("2", 310);

        assertThat(all(at(320)).window(Deliveries.MISSED)).isEqualTo(2);
        assertThat(all(at(330)).window(Deliveries.RESCUED)).isEqualTo(2);
    }

    @Test
    void somebody_still_waits_for_the_callback_of_a_task_that_was_polled_or_missed() {
        announce("1", 0);
        poll("1", 60);

        assertThat(at(61).waitingSince()).isEqualTo(NOON);
        assertThat(at(600).waitingSince()).isEqualTo(NOON);
    }

    @Test
    void nobody_waits_for_what_was_submitted_before_the_last_callback_anywhere() {
        announce("1", 0);
        announce("2", 20);

        assertThat(read(0, 30, NOON.plusSeconds(10)).orElseThrow().waitingSince())
                .isEqualTo(NOON.plusSeconds(20));
        assertThat(read(0, 31, NOON.plusSeconds(20)).orElseThrow().waitingSince())
                .isNull();
    }

    @Test
    void a_callback_before_its_announcement_delivers() {
        callBack("1", 0);
        announce("1", 5);
        var figures = at(10);

        assertThat(all(figures).window(Deliveries.DELIVERED)).isEqualTo(1);
        assertThat(all(figures).total(Deliveries.PENDING)).isZero();
        assertThat(all(figures).total(Deliveries.EARLY)).isEqualTo(1);
        assertThat(figures.waitingSince()).isNull();
    }

    @Test
    void a_late_callback_leaves_the_task_missed_whichever_is_read_first() {
        announce("read before time moved", 0);
        callBack("read before time moved", 301);
        announce("read after", 0);
        at(400);
        callBack("read after", 401);
        var figures = at(410);

        assertThat(all(figures).window(Deliveries.MISSED)).isEqualTo(2);
        assertThat(all(figures).window(Deliveries.LATE)).isEqualTo(2);
        assertThat(all(figures).window(Deliveries.DELIVERED)).isZero();
    }

    @Test
    void a_second_callback_is_a_duplicate() {
        announce("1", 0);
        callBack("1", 1);
        callBack("1", 2);
        var figures = at(3);

        assertThat(all(figures).window(Deliveries.DELIVERED)).isEqualTo(1);
        assertThat(all(figures).total(Deliveries.DUPLICATES)).isEqualTo(1);
    }

    @Test
    void a_task_that_expects_no_callback_is_in_no_figure() {
        book.take("t:1", new Sighting.Announced(NOON, "login", null, false), 0);
        poll("1", 5);
        callBack("1", 6);

        assertThat(at(1000).deliveries()).isEmpty();
    }

    @Test
    void a_second_announcement_changes_nothing() {
        announce("1", 0);
        callBack("1", 1);
        announce("1", 2);
        var figures = at(400);

        assertThat(all(figures).window(Deliveries.DELIVERED)).isEqualTo(1);
        assertThat(all(figures).window(Deliveries.MISSED)).isZero();
        assertThat(all(figures).total(Deliveries.PENDING)).isZero();
    }

    @Test
    void tasks_are_counted_by_route_and_by_method_too() {
        book.take("t:1", new Sighting.Announced(NOON, "login", "turnstile", true), 0);
        callBack("1", 1);
        announce("2", 0);

        assertThat(at(400).deliveries().keySet()).containsExactly("all", "method:turnstile", "route:login");
        assertThat(requireNonNull(at(401).deliveries().get("route:login")).window(Deliveries.DELIVERED))
                .isEqualTo(1);
    }

    @Test
    void the_window_forgets_and_the_start_does_not() {
        announce("1", 0);
        callBack("1", 1);
        assertThat(all(at(3500)).window(Deliveries.DELIVERED)).isEqualTo(1);

        var figures = at(3_700);

        assertThat(all(figures).window(Deliveries.DELIVERED)).isZero();
        assertThat(all(figures).total(Deliveries.DELIVERED)).isEqualTo(1);
    }

    @Test
    void time_is_what_all_input_partitions_were_read_up_to() {
        book = new TaskBook(table, SETTINGS, 2);
        announce("1", 0);
        assertThat(read(0, 1000, null)).isEmpty();
        assertThat(read(1, 100, null)).isPresent();
        assertThat(read(0, 1001, null)).isEmpty();

        callBack("1", 299);
        var figures = read(1, 1000, null).orElseThrow();

        assertThat(figures.at()).isEqualTo(NOON.plusSeconds(1000));
        assertThat(all(figures).window(Deliveries.DELIVERED)).isEqualTo(1);
    }

    @Test
    void a_restart_changes_no_figure() {
        announce("1", 0);
        announce("2", 0);
        callBack("1", 10);
        var before = at(400);

        book = new TaskBook(table, SETTINGS, 1);
        var after = at(401);

        assertThat(after.deliveries()).isEqualTo(before.deliveries());
        assertThat(after.missed()).isEqualTo(before.missed());
    }

    @Test
    void settled_tasks_are_forgotten() {
        announce("1", 0);
        callBack("1", 1);
        announce("2", 0);
        book.take("r:1", new Sighting.Ended(NOON, true, null, null, null, true), 0);
        int full = table.size();
        at(100_000);

        assertThat(table.size()).isLessThan(full);
        assertThat(table.first("t/", "t/~", 10)).isEmpty();
        assertThat(table.first("e/", "e/~", 10)).isEmpty();
        assertThat(table.first("o/", "o/~", 10)).isEmpty();
        assertThat(table.first("w/", "w/~", 10)).isEmpty();
    }

    @Test
    void a_tick_costs_what_is_due_and_not_what_is_pending() {
        for (int i = 0; i < 2_000; i++) {
            announce("early-" + i, 0);
        }
        int before = table.read();
        at(10);
        assertThat(table.read() - before).isLessThan(20);

        int due = table.read();
        at(301);
        assertThat(table.read() - due).isBetween(2_000, 2_100);
    }

    @Test
    void names_that_scrapers_make_up_do_not_grow_without_bound() {
        for (int i = 0; i < 200; i++) {
            book.take("t:" + i, new Sighting.Announced(NOON, "route-" + i, "m", true), 0);
            callBack(Integer.toString(i), 1);
        }
        var deliveries = at(10).deliveries();

        assertThat(deliveries).hasSize(2 + WindowedCounts.MOST_NAMES + 1);
        assertThat(requireNonNull(deliveries.get("route:other")).window(Deliveries.DELIVERED))
                .isEqualTo(200 - WindowedCounts.MOST_NAMES);
        assertThat(requireNonNull(deliveries.get("method:m")).window(Deliveries.DELIVERED))
                .isEqualTo(200);
    }

    @Test
    void a_solution_without_its_outcome_stalls_until_it_comes() {
        solved("r:1", 0);
        assertThat(at(60).stalled()).isZero();
        assertThat(at(61).stalled()).isEqualTo(1);
        assertThat(at(62).stalledSince()).isEqualTo(NOON);

        ended("r:1", 63);

        assertThat(at(64).stalled()).isZero();
    }

    @Test
    void while_nobody_makes_outcomes_a_solution_goes_on_waiting() {
        ended("r:0", -10);
        solved("r:1", 0);
        at(61);

        assertThat(at(16 * 60).stalled()).isEqualTo(1);
        assertThat(at(4 * 3600).stalled()).isEqualTo(1);
        assertThat(at(4 * 3600 + 1).stalledSince()).isEqualTo(NOON);
    }

    @Test
    void a_solution_that_later_ones_overtook_is_given_up_on() {
        solved("r:1", 0);
        at(61);
        ended("r:2", 61);

        assertThat(at(15 * 60).stalled()).isEqualTo(1);
        assertThat(at(15 * 60 + 1).stalled()).isZero();
    }

    @Test
    void a_solution_is_remembered_no_longer_than_an_outcome() {
        solved("r:1", 0);
        at(61);

        assertThat(at(23 * 3600).stalled()).isEqualTo(1);
        assertThat(at(24 * 3600 + 1).stalled()).isZero();
        assertThat(table.first("e/", "e/~", 10)).isEmpty();
    }

    @Test
    void a_late_duplicate_by_the_name_of_the_task_waits_for_nothing_either() {
        book.take("t:1", new Sighting.Ended(NOON, true, null, null, null, false), 0);
        at(23 * 3600);
        solved("t:1", 23 * 3600);

        assertThat(at(23 * 3600 + 100).stalled()).isZero();
    }

    @Test
    void an_answer_after_the_outcome_waits_for_nothing() {
        ended("r:1", 0);
        solved("r:1", 10);

        assertThat(at(200).stalled()).isZero();
    }

    @Test
    void failures_are_counted_by_error_and_route_and_named() {
        book.take("r:1", new Sighting.Ended(NOON, false, "login", "TIMEOUT", "1", true), 0);
        book.take("t:9", new Sighting.Ended(NOON, false, "login", "TIMEOUT", "1", false), 0);
        book.take("r:2", new Sighting.Ended(NOON, false, null, "a word of the solver's", "2", true), 0);
        ended("r:3", 0);
        var figures = at(10);

        assertThat(requireNonNull(figures.outcomes().get("all")).window(Outcomes.FAILED))
                .isEqualTo(2);
        assertThat(requireNonNull(figures.outcomes().get("all")).window(Outcomes.SOLVED))
                .isEqualTo(1);
        assertThat(figures.outcomes()).containsKeys("error:TIMEOUT", "error:OTHER", "failure:login TIMEOUT");
        assertThat(figures.failures()).extracting(FailedRequest::id).containsExactly("1", "2");
    }

    private void announce(String task, int second) {
        book.take("t:" + task, new Sighting.Announced(NOON.plusSeconds(second), null, null, true), 0);
    }

    private void callBack(String task, int second) {
        book.take("t:" + task, new Sighting.CalledBack(NOON.plusSeconds(second)), 0);
    }

    private void poll(String task, int second) {
        book.take("t:" + task, new Sighting.Polled(NOON.plusSeconds(second)), 0);
    }

    private void solved(String about, int second) {
        book.take(about, new Sighting.Solved(NOON.plusSeconds(second)), 0);
    }

    private void ended(String about, int second) {
        book.take(about, new Sighting.Ended(NOON.plusSeconds(second), true, null, null, null, true), 0);
    }

    private TaskFigures at(int second) {
        return read(0, second, null).orElseThrow();
    }

    private Optional<TaskFigures> read(int partition, int second, @Nullable Instant lastCallback) {
        return book.take(
                Integer.toString(partition), new Sighting.Read(partition, NOON.plusSeconds(second), lastCallback), 0);
    }

    private static Tally all(TaskFigures figures) {
        return figures.deliveries().getOrDefault("all", Tally.zero(Deliveries.COUNTERS));
    }
}
