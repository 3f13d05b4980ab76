package io.captchapipeline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {
    @ParameterizedTest
    @CsvSource({
        "http://h:1/callback/v1~r-1~1~userrecaptcha~login~1800000000~1800086400~GoeX_-T4, r-1, 1",
        "https://h/callback/v1~a.b:c_d-e~5~base64~~1~2~s?x=y, a.b:c_d-e, 5",
        "https://h/pingback/v1~~~~login~1800000000~~J-vmPR, /pingback/v1~~~~login~1800000000~~J-vmPR, 0",
        "https://h/callback/v1~r-1~x~m~~1~2~s, /callback/v1~r-1~x~m~~1~2~s, 0",
        "https://h/callback/v2~r-1~1~m~~1~2~s, /callback/v2~r-1~1~m~~1~2~s, 0",
        "https://h/callback?job=7, /callback, 0",
        "https://h, /, 0"
    })
    void the_request_of_a_ticket_or_else_the_path(String pingback, String key, int attempt) {
        assertThat(Caller.of(pingback)).isEqualTo(new Caller(key, attempt));
    }

    @Test
    void without_a_pingback_nobody_is_named() {
        assertThat(Caller.of(null)).isEqualTo(new Caller("", 0));
    }
}
