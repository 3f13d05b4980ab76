package io.captchapipeline.schemas.solver;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.solver.SolverCode.Meaning;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SolverCodeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR_CAPTCHA_UNSOLVABLE",
                "ERROR_FOO",
                "ERROR: 1001",
                "ERROR: 7777",
                "MAX_USER_TURN",
                "IP_BANNED",
                "TOO_MANY_BAD_IMAGES",
                "REPORT_NOT_RECORDED",
                "CAPCHA_NOT_READY",
                "CAPTCHA_NOT_READY"
            })
    void a_code_is_told_from_an_answer(String answer) {
        assertThat(SolverCode.isCode(answer)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR",
                "error_foo",
                "ERROR:",
                "ERROR: ",
                "ERROR: x",
                "ERROR: 12345678901",
                "ERRORS_ARE_HUMAN",
                "an ERROR_FOO within",
                " ERROR_FOO",
                "max_user_turn",
                "03AGdBq2-_x|r=ap-southeast-1|ERROR_FOO",
                "[1, 4, 7, 8]",
                "OK",
                ""
            })
    void an_answer_is_told_from_a_code(String answer) {
        assertThat(SolverCode.isCode(answer)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR_WRONG_USER_KEY,         STOP,      0",
        "ERROR_KEY_DOES_NOT_EXIST,     STOP,      0",
        "ERROR_IP_NOT_ALLOWED,         STOP,      0",
        "IP_BANNED,                    STOP,    300",
        "ERROR_IP_BANNED,              STOP,    300",
        "ERROR: 1001,                  STOP,    600",
        "ERROR: 1002,                  STOP,    300",
        "ERROR: 1003,                  STOP,     30",
        "ERROR: 1004,                  STOP,    600",
        "ERROR_ZERO_BALANCE,           WAIT,     60",
        "ERROR_NO_SLOT_AVAILABLE,      WAIT,      5",
        "MAX_USER_TURN,                WAIT,     10",
        "ERROR_TOO_MUCH_REQUESTS,      WAIT,     10",
        "ERROR_SERVER_ERROR,           UNCERTAIN, 10",
        "ERROR_INTERNAL_SERVER_ERROR,  UNCERTAIN, 10",
        "CAPCHA_NOT_READY,             NOT_READY, 0",
        "CAPTCHA_NOT_READY,            NOT_READY, 0",
        "ERROR_CAPTCHA_UNSOLVABLE,     FINAL,     0",
        "ERROR_PAGEURL,                FINAL,     0",
        "ERROR_BAD_PROXY,              FINAL,     0",
        "ERROR_BAD_DUPLICATES,         FINAL,     0",
        "ERROR_WRONG_CAPTCHA_ID,       FINAL,     0",
        "ERROR_TOKEN_EXPIRED,          FINAL,     0"
    })
    void a_documented_code_means_what_the_protocol_says(String code, Meaning meaning, long seconds) {
        assertThat(SolverCode.of(code)).isEqualTo(new SolverCode(code, meaning, Duration.ofSeconds(seconds)));
    }

    @Test
    void an_undocumented_code_ends_the_attempt() {
        assertThat(SolverCode.of("ERROR_FOO").meaning()).isEqualTo(Meaning.FINAL);
    }

    @Test
    void an_undocumented_block_stops_the_account() {
        assertThat(SolverCode.of("ERROR: 7777"))
                .isEqualTo(new SolverCode("ERROR: 7777", Meaning.STOP, Duration.ofMinutes(5)));
    }

    @Test
    void every_known_code_is_a_code() {
        assertThat(SolverCode.known().keySet()).allMatch(SolverCode::isCode);
        assertThat(SolverCode.known())
                .allSatisfy((name, code) -> assertThat(code.code()).isEqualTo(name));
    }
}
