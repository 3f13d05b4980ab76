package io.captchapipeline.submitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.solver.SolverCode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":1,\"request\":\"2122988149\"}",
                "{\"status\":1,\"request\":2122988149}",
                "OK|2122988149"
            })
    void an_id_is_an_acceptance(String body) {
        assertThat(answered(200, body)).isEqualTo(new Submission.Accepted(new TaskId("2122988149")));
    }

    @Test
    void an_id_need_not_be_of_digits() {
        assertThat(answered(200, "OK|6e8bc430-9c3a-11d9-9669-0800200c9a66")).isInstanceOf(Submission.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR_PAGEURL",
                "ERROR_GOOGLEKEY",
                "ERROR_BAD_PARAMETERS",
                "ERROR_ZERO_CAPTCHA_FILESIZE",
                "ERROR_TOO_BIG_CAPTCHA_FILESIZE",
                "ERROR_BAD_PROXY",
                "ERROR_CAPTCHA_UNSOLVABLE",
                "ERROR_NEVER_HEARD_OF"
            })
    void a_code_about_the_request_is_a_refusal_for_good(String code) {
        assertThat(answered(200, json(code))).isEqualTo(new Submission.Refused(code, null));
        assertThat(answered(200, code)).isEqualTo(new Submission.Refused(code, null));
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR_NO_SLOT_AVAILABLE, 5, true",
        "ERROR_ZERO_BALANCE, 60, false",
        "MAX_USER_TURN, 10, false",
        "ERROR_TOO_MUCH_REQUESTS, 10, true"
    })
    void a_code_about_the_moment_may_be_asked_again(String code, int seconds, boolean grows) {
        var pause = new Pause(Duration.ofSeconds(seconds), grows);

        assertThat(answered(200, json(code))).isEqualTo(new Submission.AskAgain(code, null, pause));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR_WRONG_USER_KEY",
                "ERROR_KEY_DOES_NOT_EXIST",
                "ERROR_IP_NOT_ALLOWED",
                "IP_BANNED",
                "ERROR: 1003",
                "ERROR: 1099"
            })
    void a_code_about_the_account_stops(String code) {
        assertThat(answered(200, code)).isEqualTo(new Submission.Stop(SolverCode.of(code), null));
        assertThat(answered(403, json(code))).isEqualTo(new Submission.Stop(SolverCode.of(code), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "502 | <html>Bad Gateway</html>",
                "500 | {\"status\":1,\"request\":\"1\"}",
                "503 | ERROR_NO_SLOT_AVAILABLE",
                "521 | ''",
                "200 | 500 Internal Server Error",
                "200 | ''",
                "200 | {\"status\":1,\"requ",
                "200 | <html></html>",
                "200 | {\"status\":1,\"request\":\"not an id\"}",
                "200 | {\"status\":1,\"request\":{\"id\":1}}",
                "200 | {\"status\":1,\"request\":\"ERROR_ZERO_BALANCE\"}",
                "200 | ERROR_SERVER_ERROR",
                "200 | CAPCHA_NOT_READY",
                "302 | ''",
                "404 | <html>Not Found</html>",
                "404 | OK"
            })
    void whatever_else_comes_back_is_uncertain(int status, String body) {
        assertThat(answered(status, body)).isInstanceOf(Submission.Uncertain.class);
    }

    @Test
    void too_many_requests_is_a_refusal_whatever_its_body_says() {
        assertThat(answered(429, "<html>slow down</html>"))
                .isEqualTo(new Submission.AskAgain(
                        "ERROR_TOO_MUCH_REQUESTS", "HTTP 429", Pause.growing(Duration.ofSeconds(10))));
        assertThat(answered(429, "MAX_USER_TURN"))
                .isEqualTo(new Submission.AskAgain("MAX_USER_TURN", null, new Pause(Duration.ofSeconds(10), false)));
        assertThat(answered(429, "ERROR: 1001")).isInstanceOf(Submission.Stop.class);
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "86400, 600"})
    void how_long_too_many_requests_asks_for_is_heeded_within_reason(int asked, int heeded) {
        var reply = new Reply.Answered(429, "", Optional.of(Duration.ofSeconds(asked)));

        assertThat(Submission.of(reply))
                .isEqualTo(new Submission.AskAgain(
                        "ERROR_TOO_MUCH_REQUESTS", "HTTP 429", Pause.growing(Duration.ofSeconds(heeded))));
    }

    @Test
    void a_connection_never_made_is_known_not_to_be_paid() {
        assertThat(Submission.of(new Reply.NeverSent("host not found")))
                .isInstanceOfSatisfying(Submission.AskAgain.class, again -> {
                    assertThat(again.code()).isEqualTo("SOLVER_UNAVAILABLE");
                    assertThat(again.detail()).isEqualTo("no connection: host not found");
                    assertThat(again.pause().doubles()).isTrue();
                });
    }

    @Test
    void what_may_have_been_sent_is_uncertain() {
        assertThat(Submission.of(new Reply.MaybeSent("no answer in time")))
                .isEqualTo(new Submission.Uncertain("no answer in time"));
    }

    @Test
    void pauses_double_up_to_a_minute_where_they_grow() {
        var growing = Pause.growing(Duration.ofSeconds(5));

        assertThat(growing.after(0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(growing.after(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(growing.after(3)).isEqualTo(Duration.ofSeconds(40));
        assertThat(growing.after(4)).isEqualTo(Duration.ofSeconds(60));
        assertThat(growing.after(40)).isEqualTo(Duration.ofSeconds(60));
        assertThat(new Pause(Duration.ofSeconds(10), false).after(9)).isEqualTo(Duration.ofSeconds(10));
        assertThat(Pause.growing(Duration.ofMinutes(10)).after(3)).isEqualTo(Duration.ofMinutes(10));
    }

    private static Submission answered(int status, String body) {
        return Submission.of(new Reply.Answered(status, body, Optional.empty()));
    }

    private static String json(String code) {
        return "{\"status\":0,\"request\":\"" + code + "\"}";
    }
}
