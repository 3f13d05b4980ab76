package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.router.ledger.RequestEntry.Waiting;
import io.captchapipeline.schemas.event.Params;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmittingTest {
    private final Scene scene = new Scene();

    @Test
    void a_request_is_admitted_for_its_first_attempt_with_its_params_kept() {
        scene.requested("r-1");

        assertThat(scene.admitted()).containsExactly(1);
        assertThat(scene.hasParams("r-1")).isTrue();
        assertThat(scene.request("r-1")).isInstanceOf(Waiting.class);
    }

    @Test
    void what_is_admitted_says_all_that_the_request_said() {
        var params = new Params(Map.of("googlekey", "6Le", "pageurl", "https://example.com"));
        var decision = new Ledger(Events.RULES)
                .decide(null, Events.request("r-1", ",\"timeout_seconds\":180", scene.now()), scene.now());

        var admit = (Output.Admit) decision.outputs().get(1);
        var admitted = admit.with(params);

        assertThat(decision.outputs().getFirst()).isEqualTo(new Output.KeepParams(params));
        assertThat(admitted.requestId().value()).isEqualTo("r-1");
        assertThat(admitted.attempt()).isEqualTo(1);
        assertThat(admitted.method()).isEqualTo(Events.METHOD);
        assertThat(admitted.route()).hasToString("login");
        assertThat(admitted.metadata()).containsEntry("job", "42");
        assertThat(admitted.admittedAt()).isEqualTo(scene.now());
        assertThat(admitted.deadline()).isEqualTo(scene.now().plusSeconds(180));
    }

    @Test
    void a_deadline_counts_from_when_the_broker_took_the_request() {
        var taken = scene.now();
        scene.unnoticed(Duration.ofSeconds(40)).read(Events.request("r-1", "", taken));

        assertThat(scene.request("r-1")).isNotNull().extracting(Entry::due).isEqualTo(taken.plusSeconds(300));
    }

    @Test
    void a_repeated_request_is_counted_and_changes_nothing() {
        scene.requested("r-1").asked("r-1", 1);
        var before = scene.request("r-1");
        scene.requested("r-1");

        assertThat(scene.request("r-1")).isEqualTo(before);
        assertThat(scene.admitted()).containsExactly(1);
        assertThat(scene.counted()).containsExactly(Counted.REPEATED_REQUEST);
        assertThat(scene.buried()).isEmpty();
    }

    @Test
    void a_request_repeated_after_its_outcome_gets_no_second_one() {
        scene.accepted("r-1", "11").solved("r-1", 1, "11", "token").requested("r-1");

        assertThat(scene.outcomes()).hasSize(1);
        assertThat(scene.counted()).containsExactly(Counted.REPEATED_REQUEST);
    }

    @Test
    void a_request_id_with_other_content_is_a_dead_letter_and_changes_nothing() {
        scene.requested("r-1");
        var before = scene.request("r-1");
        scene.requested("r-1", ",\"timeout_seconds\":10");

        assertThat(scene.buried()).containsExactly(Output.Bury.Reason.REQUEST_ID_REUSED);
        assertThat(scene.request("r-1")).isEqualTo(before);
    }

    @Test
    void a_request_id_with_other_content_is_told_from_a_repeat_after_the_outcome_too() {
        scene.accepted("r-1", "11").solved("r-1", 1, "11", "token").requested("r-1", ",\"max_attempts\":3");

        assertThat(scene.buried()).containsExactly(Output.Bury.Reason.REQUEST_ID_REUSED);
    }

    @Test
    void an_invalid_repeat_of_a_valid_request_is_a_dead_letter_and_no_outcome() {
        scene.requested("r-1").requested("r-1", ",\"max_attempts\":99");

        assertThat(scene.outcomes()).isEmpty();
        assertThat(scene.buried()).containsExactly(Output.Bury.Reason.REQUEST_ID_REUSED);
    }

    @Test
    void an_invalid_request_ends_at_once_with_its_reason_and_is_never_admitted() {
        scene.requested("r-1", ",\"max_attempts\":99");

        var failure = scene.failure();
        assertThat(failure.error()).isEqualTo("INVALID_REQUEST");
        assertThat(failure.errorDetail()).isEqualTo("max_attempts is not within 1 and 5");
        assertThat(failure.status().wire()).isEqualTo("error");
        assertThat(failure.attempts()).isZero();
        assertThat(failure.route()).hasToString("login");
        assertThat(failure.metadata()).containsEntry("job", "42");
        assertThat(scene.admitted()).isEmpty();
        assertThat(scene.hasParams("r-1")).isFalse();
    }

    @Test
    void an_invalid_request_repeated_is_counted() {
        scene.requested("r-1", ",\"max_attempts\":99").requested("r-1", ",  \"max_attempts\" : 99");

        assertThat(scene.outcomes()).hasSize(1);
        assertThat(scene.counted()).containsExactly(Counted.REPEATED_REQUEST);
    }

    @Test
    void the_first_record_decides_also_when_it_was_invalid() {
        scene.requested("r-1", ",\"max_attempts\":99").requested("r-1");

        assertThat(scene.admitted()).isEmpty();
        assertThat(scene.buried()).containsExactly(Output.Bury.Reason.REQUEST_ID_REUSED);
    }

    @Test
    void a_record_older_than_what_is_remembered_opens_nothing() {
        var taken = scene.now();
        scene.unnoticed(Duration.ofHours(24).plusMillis(1))
                .read(Events.request("r-1", "", taken))
                .read(Events.request("r-2", ",\"max_attempts\":99", taken));

        assertThat(scene.buried()).containsExactly(Output.Bury.Reason.EXPIRED, Output.Bury.Reason.EXPIRED);
        assertThat(scene.request("r-1")).isNull();
        assertThat(scene.request("r-2")).isNull();
        assertThat(scene.admitted()).isEmpty();
        assertThat(scene.outcomes()).isEmpty();
    }

    @Test
    void a_record_as_old_as_what_is_remembered_is_a_request() {
        var taken = scene.now();
        scene.unnoticed(Duration.ofHours(24)).read(Events.request("r-1", ",\"timeout_seconds\":90000", taken));

        assertThat(scene.admitted()).containsExactly(1);
    }

    @Test
    void a_request_that_is_read_after_its_deadline_ends_at_once() {
        var taken = scene.now();
        scene.unnoticed(Duration.ofMinutes(5)).read(Events.request("r-1", "", taken));

        assertThat(scene.failure().error()).isEqualTo("SOLVER_UNAVAILABLE");
        assertThat(scene.admitted()).isEmpty();
        assertThat(scene.hasParams("r-1")).isFalse();
    }
}
