package io.captchapipeline.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventRulesTest {
    private static final TaskId TASK = new TaskId("2122988149");
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"r-1", "42", "a.b_c:d-e", "0b9c8f6e-9d6d-4c39-9c43-4be63c0e2f2e"})
    void ids_are_letters_digits_and_four_signs(String id) {
        assertThat(new RequestId(id)).hasToString(id);
        assertThat(new TaskId(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "r-1\n", "\u00fc", "{id}"})
    void nothing_else_is_an_id(String id) {
        assertInvalid(() -> new RequestId(id), "request_id does not match [A-Za-z0-9._:-]{1,128}");
        assertInvalid(() -> new TaskId(id), "task_id does not match [A-Za-z0-9._:-]{1,128}");
    }

    @Test
    void an_id_has_128_characters_at_most() {
        assertThat(new RequestId("r".repeat(128)).value()).hasSize(128);
        assertInvalid(() -> new RequestId("r".repeat(129)), "request_id does not match [A-Za-z0-9._:-]{1,128}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Login", "log.in", "log_in", "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr"})
    void a_route_can_be_part_of_a_topics_name(String route) {
        assertInvalid(() -> new Route(route), "route does not match [a-z0-9-]{1,40}");
    }

    @Test
    void metadata_has_1_kib_of_utf_8_at_most() {
        assertThatCode(() -> withMetadata(Map.of("job", "x".repeat(1021)))).doesNotThrowAnyException();
        assertInvalid(() -> withMetadata(Map.of("job", "x".repeat(1022))), "metadata is over 1024 bytes");
        assertInvalid(() -> withMetadata(Map.of("job", "\u20ac".repeat(341))), "metadata is over 1024 bytes");
    }

    @Test
    void an_event_keeps_no_map_that_others_can_change() {
        var metadata = new LinkedHashMap<>(Map.of("job", "42"));
        var request = withMetadata(metadata);
        metadata.put("job", "43");

        assertThat(request.metadata()).isEqualTo(Map.of("job", "42")).isUnmodifiable();
    }

    @Test
    void maps_keep_their_order() {
        var values = new LinkedHashMap<String, String>();
        for (var name : "zyxwvutsrq".split("")) {
            values.put(name, name);
        }

        assertThat(new Params(values).values().keySet()).containsExactlyElementsOf(values.keySet());
    }

    @Test
    void params_print_their_names_only() {
        assertThat(new Params(Map.of("proxy", "u:hunter2@203.0.113.7"))).hasToString("[proxy]");
    }

    @Test
    void a_failed_outcome_is_not_solved() {
        assertInvalid(() -> failed(Status.SOLVED), "status is solved, but there is an error");
        assertThat(failed(Status.ERROR).about().status()).isEqualTo("error");
    }

    @ParameterizedTest
    @EnumSource(
            value = Source.class,
            names = {"CALLBACK", "POLL"})
    void only_a_submission_fails_without_a_task(Source source) {
        assertInvalid(() -> refusal(source), "task_id is missing");
        assertThat(refusal(Source.SUBMIT).taskId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void a_rate_of_nothing_is_no_number(double value) {
        assertInvalid(() -> alert(value), "value is not a finite number");
    }

    @Test
    void who_announces_a_task_alone_asks_as_the_task() {
        var submitted = new Submitted(TASK, null, null, null, null, null, null, null, Map.of(), null);

        assertThat(submitted.identity()).isEqualTo(new RequestId("2122988149"));
        assertThat(submitted.key()).isEqualTo("2122988149");
        assertThat(submitted.expectsCallback()).isTrue();
    }

    @Test
    void outcomes_are_keyed_by_who_asked() {
        assertThat(failed(Status.FAILED).key()).isEqualTo("r-1");
    }

    private static SubmitRequest withMetadata(Map<String, String> metadata) {
        return new SubmitRequest(null, new Method("turnstile"), new Params(Map.of()), null, null, null, metadata);
    }

    private static Outcome failed(Status status) {
        return new Outcome.Failed(
                TASK,
                new RequestId("r-1"),
                status,
                Outcome.Failed.TIMEOUT,
                null,
                null,
                null,
                1,
                null,
                null,
                null,
                null,
                null,
                Map.of());
    }

    private static Result refusal(Source source) {
        return new Result.Failed(
                null,
                new RequestId("r-1"),
                Status.ERROR,
                "ERROR_ZERO_BALANCE",
                null,
                null,
                null,
                source,
                NOON,
                null,
                1,
                TicketKind.REQUEST,
                60);
    }

    private static Alert alert(double value) {
        return new Alert(
                AlertName.LOW_BALANCE, Severity.WARNING, AlertState.FIRING, "low", value, null, NOON, NOON, Map.of());
    }

    private static void assertInvalid(ThrowingCallable making, String complaint) {
        assertThatThrownBy(making).isInstanceOf(InvalidEvent.class).hasMessage(complaint);
    }

    @Test
    void a_request_without_an_id_is_named_after_where_its_record_lies() {
        assertThat(RequestId.ofRecord("captcha-submit", 3, 17)).hasToString("captcha-submit:3:17");
    }
}
