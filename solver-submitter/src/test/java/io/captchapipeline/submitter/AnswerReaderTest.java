package io.captchapipeline.submitter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every form in which solvers are known to answer.
class AnswerReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":1,\"request\":\"73548291\"}",
                "{\"status\":1,\"request\":73548291}",
                "{\"status\":\"1\",\"request\":73548291}",
                "{\"status\":true,\"request\":73548291}",
                "OK|73548291",
                " OK|73548291\r\n"
            })
    void an_id_is_read_in_every_form(String body) {
        assertThat(granted(body).asText()).isEqualTo("73548291");
    }

    @Test
    void an_id_keeps_its_leading_zero() {
        assertThat(granted("{\"status\":1,\"request\":\"0123456789\"}").asText())
                .isEqualTo("0123456789");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"status\":1,\"request\":\"[1, 4, 7, 8]\"}                  ~ \"[1, 4, 7, 8]\"",
                "{\"status\":1,\"request\":[1, 4, 7, 8]}                      ~ [1,4,7,8]",
                "{\"status\":1,\"request\":{\"seccode\":\"ab|jordan\"}}       ~ {\"seccode\":\"ab|jordan\"}",
                "{\"status\":1,\"request\":\"ERROR\"}                         ~ \"ERROR\"",
                "{\"status\":1,\"request\":7}                                 ~ 7",
                "OK|30842|r=eu|meta=3                                         ~ \"30842|r=eu|meta=3\"",
                "OK|ERROR                                                     ~ \"ERROR\"",
                "OK|cf_clearance=abc123;user_agent=Mozilla/5.0                ~ \"cf_clearance=abc123;user_agent=Mozilla/5.0\""
            })
    void a_solution_is_passed_on_as_it_came(String body, String value) {
        assertThat(granted(body)).hasToString(value);
    }

    @Test
    void a_token_of_two_kilobytes_is_read() {
        var token = "03AG".repeat(512);

        assertThat(granted("{\"status\":1,\"request\":\"" + token + "\"}").asText())
                .isEqualTo(token);
        assertThat(granted("OK|" + token).asText()).isEqualTo(token);
    }

    @Test
    void what_stands_beside_a_solution_is_kept_and_a_price_is_taken_out() {
        var answer = (SolverAnswer.Granted)
                AnswerReader.read(
                        "{\"status\":1,\"request\":\"0.zrSn\",\"useragent\":\"Mozilla\",\"cookies\":{\"a\":\"b\"},\"price\":\"0.00145\"}");

        assertThat(answer.extra()).hasToString("{\"useragent\":\"Mozilla\",\"cookies\":{\"a\":\"b\"}}");
        assertThat(answer.price()).isEqualTo(new BigDecimal("0.00145"));
        assertThat(answer.toString()).doesNotContain("zrSn", "Mozilla");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "1e99",
                "1e-99",
                "1e999999999",
                "much",
                "",
                "0.00000000000000000000000000000000000000000000000000000000000000001"
            })
    void a_price_that_is_none_is_none(String price) {
        var answer = AnswerReader.read("{\"status\":1,\"request\":\"t\",\"price\":\"" + price + "\"}");

        assertThat(((SolverAnswer.Granted) answer).price()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR_ZERO_BALANCE",
        "ERROR: 1003",
        "MAX_USER_TURN",
        "IP_BANNED",
        "TOO_MANY_BAD_IMAGES",
        "CAPCHA_NOT_READY",
        "CAPTCHA_NOT_READY",
        "ERROR_NEVER_HEARD_OF"
    })
    void a_code_is_read_plain_and_in_json(String code) {
        assertThat(AnswerReader.read(code)).isEqualTo(new SolverAnswer.Coded(code, null));
        assertThat(AnswerReader.read("{\"status\":0,\"request\":\"" + code + "\"}"))
                .isEqualTo(new SolverAnswer.Coded(code, null));
    }

    @Test
    void the_sentence_about_a_code_is_kept_short_and_on_one_line() {
        var answer =
                AnswerReader.read("{\"status\":0,\"request\":\"ERROR_WRONG_CAPTCHA_ID\",\"error_text\":\"older\\nthan "
                        + "x".repeat(500) + "\"}");

        assertThat(((SolverAnswer.Coded) answer).detail())
                .startsWith("older than x")
                .hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n",
                "<html><body>502 Bad Gateway</body></html>",
                "<!DOCTYPE html>",
                "{\"status\":1,\"request\":\"0123",
                "{\"status\":1}",
                "{\"status\":1,\"request\":null}",
                "{\"status\":1,\"request\":\"\"}",
                "{\"request\":\"123\"}",
                "{\"status\":2,\"request\":\"123\"}",
                "{\"status\":0,\"request\":\"Internal error, please come back\"}",
                "{\"status\":0}",
                "{\"status\":1,\"request\":\"1\"} and more",
                "[1,2,3]xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void what_has_no_known_form_is_no_answer(String body) {
        assertThat(AnswerReader.read(body)).isInstanceOf(SolverAnswer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.234", "OK_REPORT_RECORDED", "500 Internal Server Error", "OK|"})
    void a_short_text_is_nothing_but_a_short_text(String body) {
        assertThat(AnswerReader.read(body)).isEqualTo(new SolverAnswer.Bare(body));
    }

    private static JsonNode granted(String body) {
        return ((SolverAnswer.Granted) AnswerReader.read(body)).value();
    }
}
