package io.captchapipeline.router.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ToldTest {
    private static final Instant EXPIRY = Instant.parse("2026-11-01T12:00:00Z");
    private static final String SOLVED = "{\"request_id\":\"r\",\"status\":\"solved\",\"solution\":\"token\","
            + "\"solution_extra\":{\"useragent\":\"u\"},\"expires_at\":\"" + EXPIRY + "\"}";

    @Test
    void a_solution_is_told_for_ten_minutes_after_it_expired() {
        assertThat(told(EXPIRY.plusSeconds(599), SOLVED)).isEqualTo(SOLVED);
    }

    @Test
    void then_it_is_expired_even_before_it_was_forgotten() {
        assertThat(told(EXPIRY.plusSeconds(600), SOLVED))
                .isEqualTo("{\"request_id\":\"r\",\"status\":\"solved\",\"expires_at\":\"" + EXPIRY
                        + "\",\"expired\":true}");
    }

    @Test
    void a_solution_without_an_end_is_told_as_long_as_it_is_there() {
        var image = "{\"status\":\"solved\",\"solution\":\"abc\"}";

        assertThat(told(EXPIRY.plusSeconds(86_400), image)).isEqualTo(image);
    }

    private static String told(Instant now, String outcome) {
        return new String(Told.at(now, outcome.getBytes(UTF_8)), UTF_8);
    }
}
