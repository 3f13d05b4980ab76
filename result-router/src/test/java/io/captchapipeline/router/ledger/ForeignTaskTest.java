package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.router.ledger.RequestEntry.Claimed;
import io.captchapipeline.router.ledger.TaskEntry.Alias;
import io.captchapipeline.router.ledger.TaskEntry.Unannounced;
import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForeignTaskTest {
    private final Scene scene = new Scene();

    @Test
    void a_foreign_task_that_was_announced_ends_with_its_answer_under_its_own_id() {
        scene.announced(null, "99").unnoticed(Duration.ofSeconds(3)).byRoute("99", "token");

        var solved = scene.solution();
        assertThat(solved.requestId()).hasToString("99");
        assertThat(solved.route()).as("from the ticket").hasToString("shop");
        assertThat(solved.metadata()).containsEntry("by", "hand");
        assertThat(solved.attempts()).isEqualTo(1);
        assertThat(solved.solveSeconds()).as("since its announcement").isEqualTo(3.0);
    }

    @Test
    void a_foreign_task_that_names_itself_as_its_request_is_the_same() {
        scene.announced("99", "99").bare("99", "token");

        assertThat(scene.solution().requestId()).hasToString("99");
        assertThat(scene.sent()).isEmpty();
    }

    @Test
    void a_foreign_task_without_an_answer_ends_at_the_default_deadline() {
        var failure = scene.announced(null, "99").later(300).failure();

        assertThat(failure.error()).isEqualTo("TIMEOUT");
        assertThat(failure.requestId()).hasToString("99");
        assertThat(failure.taskId()).hasToString("99");
    }

    @Test
    void a_foreign_task_without_an_answer_ends_at_the_deadline_that_it_names() {
        scene.announced(announcement(null, "99", Events.T0.plusSeconds(30), null))
                .later(30);

        assertThat(scene.failure().error()).isEqualTo("TIMEOUT");
    }

    @Test
    void a_failure_of_a_foreign_task_is_its_outcome_and_brings_no_attempt() {
        scene.announced(null, "99").result(failure("99"));

        assertThat(scene.failure().error()).isEqualTo("ERROR_CAPTCHA_UNSOLVABLE");
        assertThat(scene.admitted()).isEmpty();
    }

    @Test
    void a_second_answer_for_a_foreign_task_is_counted() {
        scene.announced(null, "99").bare("99", "token").bare("99", "token").bare("99", "other");

        assertThat(scene.outcomes()).hasSize(1);
        assertThat(scene.counted()).containsExactly(Counted.DUPLICATE_ANSWER, Counted.CONFLICTING_ANSWER);
    }

    @Test
    void a_foreign_task_is_polled_for_if_its_announcement_names_an_account() {
        scene.announced(announcement(null, "98", null, null)).announced(announcement(null, "99", null, "main"));

        assertThat(scene.later(60).polls()).singleElement().satisfies(poll -> {
            assertThat(poll.requestId()).hasToString("99");
            assertThat(poll.account()).isEqualTo(Events.ACCOUNT);
            assertThat(poll.attempt()).isEqualTo(1);
        });
    }

    @Test
    void a_polled_answer_of_a_foreign_task_is_its_outcome() {
        scene.announced(announcement(null, "99", null, "main")).result(Events.polled("99", 1, "99", "t", scene.now()));

        assertThat(scene.solution().source()).hasToString("POLL");
    }

    @Test
    void a_task_that_nobody_announced_is_an_outcome_after_the_grace() {
        scene.byRoute("99", "token").unnoticed(Duration.ofMillis(1999)).later(0);
        assertThat(scene.outcomes()).isEmpty();

        scene.unnoticed(Duration.ofMillis(1)).later(0);
        assertThat(scene.solution().requestId()).hasToString("99");
        assertThat(scene.solution().route()).hasToString("shop");
        assertThat(scene.counted()).containsExactly(Counted.UNANNOUNCED);
    }

    @Test
    void the_grace_counts_from_when_the_result_is_read_so_that_a_backlog_costs_no_announcement() {
        var result = LedgerEvent.of(Events.bare("99", "token", scene.now()), scene.now());
        scene.unnoticed(Duration.ofMinutes(10)).read(result).later(1);
        assertThat(scene.outcomes()).isEmpty();

        assertThat(scene.later(1).outcomes()).hasSize(1);
    }

    @Test
    void an_announcement_within_the_grace_joins_its_result() {
        scene.bare("99", "token").later(1).announced(null, "99");

        assertThat(scene.solution().metadata()).containsEntry("by", "hand");
        assertThat(scene.solution().submittedAt())
                .as("the announcement came after the result")
                .isNull();
        assertThat(scene.later(10).outcomes()).hasSize(1);
        assertThat(scene.counted()).isEmpty();
    }

    @Test
    void a_second_result_within_the_grace_is_counted() {
        scene.bare("99", "token").bare("99", "token").bare("99", "other").later(2);

        assertThat(scene.solution().solution().text()).isEqualTo("token");
        assertThat(scene.counted())
                .containsExactly(Counted.DUPLICATE_ANSWER, Counted.CONFLICTING_ANSWER, Counted.UNANNOUNCED);
    }

    @Test
    void the_solution_is_not_kept_beyond_the_grace() {
        scene.bare("99", "a-long-enough-token");
        assertThat(scene.task("99")).isInstanceOf(Unannounced.class);
        scene.later(2);

        var bytes = EntryCodec.encode(Objects.requireNonNull(scene.task("99")));
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("token");
    }

    @Test
    void an_announcement_after_the_outcome_opens_nothing() {
        scene.bare("99", "token").later(2).announced(null, "99").later(400);

        assertThat(scene.outcomes()).hasSize(1);
        assertThat(scene.counted()).containsExactly(Counted.UNANNOUNCED, Counted.LATE_ANNOUNCEMENT);
    }

    @Test
    void a_foreign_task_with_a_name_of_its_own_ends_under_it() {
        scene.announced("mine", "99").linked().byRoute("99", "token").linked();

        assertThat(scene.solution().requestId()).hasToString("mine");
        assertThat(scene.solution().taskId()).hasToString("99");
        assertThat(scene.task("99")).isInstanceOf(Alias.class);
    }

    @Test
    void nothing_ends_under_a_name_before_the_task_has_said_yes() {
        scene.announced(announcement("mine", "99", Events.T0.plusSeconds(1), null))
                .later(60);
        assertThat(scene.request("mine")).isInstanceOf(Claimed.class);
        assertThat(scene.outcomes()).isEmpty();

        assertThat(scene.linked().later(0).failure().error()).isEqualTo("TIMEOUT");
    }

    @Test
    void a_name_announced_within_the_grace_gets_the_result() {
        scene.bare("99", "token").later(1).announced("mine", "99").linked();

        assertThat(scene.solution().requestId()).hasToString("mine");
        assertThat(scene.later(10).outcomes()).hasSize(1);
    }

    @Test
    void a_name_announced_after_the_outcome_opens_nothing() {
        scene.bare("99", "token").later(2).announced("mine", "99").linked().later(400);

        assertThat(scene.outcomes()).extracting(Outcome::requestId).containsExactly(new RequestId("99"));
        assertThat(scene.request("mine")).isNull();
        assertThat(scene.counted()).containsExactly(Counted.UNANNOUNCED, Counted.LATE_ANNOUNCEMENT);
    }

    @Test
    void of_two_names_for_a_task_the_first_one_counts() {
        scene.announced("mine", "99")
                .linked()
                .announced("yours", "99")
                .linked()
                .bare("99", "token")
                .linked();

        assertThat(scene.outcomes()).extracting(Outcome::requestId).containsExactly(new RequestId("mine"));
        assertThat(scene.request("yours")).isNull();
        assertThat(scene.counted()).containsExactly(Counted.MISMATCHED_ANNOUNCEMENT);
    }

    @Test
    void a_task_announced_under_its_own_id_keeps_it() {
        scene.announced(null, "99").announced("mine", "99").linked().bare("99", "token");

        assertThat(scene.solution().requestId()).hasToString("99");
        assertThat(scene.request("mine")).isNull();
    }

    @Test
    void an_announcement_repeated_is_counted_in_every_state() {
        scene.announced(null, "98").announced(null, "98");
        scene.announced("mine", "99")
                .announced("mine", "99")
                .linked()
                .announced("mine", "99")
                .announced(null, "99");

        assertThat(scene.counted())
                .containsExactly(
                        Counted.REPEATED_ANNOUNCEMENT,
                        Counted.REPEATED_ANNOUNCEMENT,
                        Counted.REPEATED_ANNOUNCEMENT,
                        Counted.REPEATED_ANNOUNCEMENT);
    }

    @Test
    void a_second_task_under_a_foreign_name_answers_for_it_too() {
        scene.announced("mine", "98")
                .linked()
                .announced("mine", "99")
                .linked()
                .bare("99", "token")
                .linked();

        assertThat(scene.solution().requestId()).hasToString("mine");
        assertThat(scene.solution().taskId()).hasToString("99");
    }

    @Test
    void a_request_under_the_name_of_a_foreign_task_is_a_dead_letter() {
        scene.announced("mine", "99").requested("mine").linked().requested("mine");

        assertThat(scene.buried())
                .containsExactly(Output.Bury.Reason.REQUEST_ID_REUSED, Output.Bury.Reason.REQUEST_ID_REUSED);
        assertThat(scene.admitted()).isEmpty();
    }

    @Test
    void a_requests_ticket_is_a_mismatch_for_a_foreign_name() {
        scene.announced("mine", "99").solved("mine", 1, "99", "x").linked().solved("mine", 1, "99", "x");

        assertThat(scene.outcomes()).isEmpty();
        assertThat(scene.counted()).containsExactly(Counted.MISMATCHED_ANSWER, Counted.MISMATCHED_ANSWER);
    }

    @Test
    void what_is_older_than_anything_remembered_opens_nothing() {
        var before = scene.now();
        var named = Events.foreign("mine", "98");
        scene.unnoticed(Duration.ofHours(25))
                .read(LedgerEvent.of(named, before))
                .read(LedgerEvent.of(Events.foreign(null, "99"), before))
                .read(LedgerEvent.of(Events.bare("97", "token", before), before))
                .later(400);

        assertThat(scene.outcomes()).isEmpty();
        assertThat(scene.counted()).containsExactly(Counted.EXPIRED, Counted.EXPIRED, Counted.EXPIRED);
    }

    @Test
    void the_alias_of_a_ticketed_request_does_not_take_a_foreign_task_away() {
        scene.announced(null, "11").accepted("r-1", "11").linked().bare("11", "token");

        assertThat(scene.solution().requestId()).hasToString("11");
        assertThat(scene.counted()).containsExactly(Counted.MISMATCHED_ANNOUNCEMENT);
    }

    @Test
    void a_request_whose_id_is_that_of_its_task_is_answered_along_its_alias() {
        scene.accepted("11", "11").linked().bare("11", "token").linked();

        assertThat(scene.solution().attempts()).isEqualTo(1);
        assertThat(scene.request("11")).isInstanceOf(Settled.class);
        assertThat(scene.task("11")).isInstanceOf(Alias.class);
    }

    @Test
    void what_comes_along_an_alias_to_nothing_is_counted() {
        scene.announced("mine", "99").linked().bare("99", "token");
        scene.later(300).later(2 * 24 * 3600).linked();

        assertThat(scene.counted()).containsExactly(Counted.ENTRY_GONE);
    }

    private static Submitted announcement(
            @Nullable String id, String task, @Nullable Instant deadline, @Nullable String account) {
        return new Submitted(
                new TaskId(task),
                id == null ? null : new RequestId(id),
                null,
                null,
                null,
                null,
                deadline,
                account == null ? null : new Account(account),
                Map.of(),
                null);
    }

    private Result failure(String task) {
        return new Result.Failed(
                new TaskId(task),
                new RequestId(task),
                Status.FAILED,
                "ERROR_CAPTCHA_UNSOLVABLE",
                null,
                null,
                null,
                Source.CALLBACK,
                scene.now(),
                null,
                null,
                TicketKind.NONE,
                null);
    }
}
