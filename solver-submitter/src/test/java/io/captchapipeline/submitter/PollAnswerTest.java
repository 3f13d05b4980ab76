package io.captchapipeline.submitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.solver.SolverCode;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PollAnswerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAPCHA_NOT_READY",
                "CAPTCHA_NOT_READY",
                "{\"status\":0,\"request\":\"CAPCHA_NOT_READY\"}",
                "{\"status\":0,\"request\":\"CAPTCHA_NOT_READY\"}"
            })
    void both_spellings_of_not_ready_are_understood(String body) {
        assertThat(answered(200, body)).isEqualTo(new PollAnswer.NotReady());
    }

    @Test
    void a_solution_comes_with_its_price_and_what_stands_beside_it() {
        var answer =
                answered(200, "{\"status\":1,\"request\":\"0.zrSn\",\"useragent\":\"Mozilla\",\"price\":\"0.00145\"}");

        assertThat(answer).isInstanceOfSatisfying(PollAnswer.Solved.class, solved -> {
            assertThat(solved.solution().text()).isEqualTo("0.zrSn");
            assertThat(String.valueOf(solved.extra())).isEqualTo("***");
            assertThat(solved.cost()).isEqualTo(new BigDecimal("0.00145"));
            assertThat(solved.toString()).doesNotContain("zrSn", "Mozilla");
        });
    }

    @Test
    void an_ocr_answer_that_reads_error_is_a_solution() {
        assertThat(answered(200, "OK|ERROR")).isInstanceOf(PollAnswer.Solved.class);
        assertThat(answered(200, "{\"status\":1,\"request\":\"ERROR\"}")).isInstanceOf(PollAnswer.Solved.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ERROR_CAPTCHA_UNSOLVABLE", "ERROR_TOKEN_EXPIRED", "ERROR_BAD_DUPLICATES", "ERROR_NEVER_HEARD_OF"
            })
    void a_code_about_the_task_is_its_end(String code) {
        assertThat(answered(200, code)).isEqualTo(new PollAnswer.Failed(code, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR_WRONG_CAPTCHA_ID", "ERROR_WRONG_ID_FORMAT", "ERROR_EMPTY_ACTION"})
    void a_code_about_the_id_ends_the_polling_and_not_the_request(String code) {
        assertThat(answered(200, "{\"status\":0,\"request\":\"" + code + "\",\"error_text\":\"15 minutes ago.\"}"))
                .isEqualTo(new PollAnswer.Ended(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR_WRONG_USER_KEY", "ERROR_KEY_DOES_NOT_EXIST", "IP_BANNED", "ERROR: 1003"})
    void a_code_about_us_says_nothing_of_the_request(String code) {
        assertThat(answered(200, code)).isEqualTo(new PollAnswer.AccountRefused(SolverCode.of(code)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "502 | <html></html>",
                "500 | ERROR_CAPTCHA_UNSOLVABLE",
                "200 | ''",
                "200 | 500 Internal Server Error",
                "200 | {\"status\":1",
                "200 | ERROR_SERVER_ERROR",
                "200 | ERROR_TOO_MUCH_REQUESTS",
                "429 | MAX_USER_TURN",
                "302 | ''"
            })
    void whatever_else_comes_back_teaches_nothing(int status, String body) {
        assertThat(answered(status, body)).isInstanceOf(PollAnswer.Nothing.class);
    }

    @Test
    void no_answer_teaches_nothing() {
        assertThat(PollAnswer.of(new Reply.NeverSent("x"))).isEqualTo(new PollAnswer.Nothing("x"));
        assertThat(PollAnswer.of(new Reply.MaybeSent("x"))).isEqualTo(new PollAnswer.Nothing("x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"OK|token", "ERROR_BAD_PARAMETERS", "ERROR_EMPTY_ACTION", "ERROR_WRONG_ACTION", "<html>", ""})
    void an_answer_without_a_place_for_a_price_means_that_get2_is_not_known(String body) {
        assertThat(PollAction.GET2.isMisunderstood(reply(200, body))).isTrue();
        assertThat(PollAction.GET.isMisunderstood(reply(200, body))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"status\":1,\"request\":\"token\"}",
                "200 | {\"status\":0,\"request\":\"CAPCHA_NOT_READY\"}",
                "200 | CAPCHA_NOT_READY",
                "200 | ERROR_CAPTCHA_UNSOLVABLE",
                "200 | ERROR: 1003",
                "502 | <html></html>"
            })
    void an_answer_about_the_task_or_an_outage_means_nothing_of_the_kind(int status, String body) {
        assertThat(PollAction.GET2.isMisunderstood(reply(status, body))).isFalse();
    }

    private static PollAnswer answered(int status, String body) {
        return PollAnswer.of(reply(status, body));
    }

    private static Reply reply(int status, String body) {
        return new Reply.Answered(status, body, Optional.empty());
    }
}
