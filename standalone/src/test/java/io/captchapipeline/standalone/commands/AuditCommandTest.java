package io.captchapipeline.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class AuditCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_trail_that_was_touched_is_told_place_by_place_and_how_many_there_are_beside() throws Exception {
        var verdict = JSON.readTree("""
                {"intact":false,"rows":1500,"breaks":[
                 {"topic":"captcha-results","partition":2,"offset":7,"kind":"changed"},
                 {"topic":"captcha-solved","partition":0,"offset":19,"kind":"cut_off"}],"more_breaks":500}""");

        assertThat(AuditCommand.verdict(verdict)).isEqualTo("""
                Touched. 1500 rows; broken at
                  captcha-results-2@7  changed
                  captcha-solved-0@19  cut_off
                  and at 500 more places
                """);
    }

    @Test
    void a_timeline_says_when_there_is_more() throws Exception {
        var event = """
                {"at":"2026-11-01T12:00:00Z","topic":"captcha-submit","partition":0,"offset":1,"summary":"asked"}""";

        assertThat(AuditCommand.timeline("r-1", JSON.readTree("{\"events\":[" + event + "]}")))
                .contains("captcha-submit")
                .doesNotContain("more");
        assertThat(AuditCommand.timeline("r-1", JSON.readTree("{\"events\":[" + event + "],\"truncated\":true}")))
                .endsWith("There is more: GET /audit/export?id=r-1 has every record that names it.\n");
    }
}
