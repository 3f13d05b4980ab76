package io.captchapipeline.alerting.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.AlertState;
import io.captchapipeline.schemas.event.FailureDigest;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LettersTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Runbooks NOWHERE = new Runbooks(Optional.empty());
    private static final Letters LETTERS = new Letters(NOWHERE);

    @ParameterizedTest
    @EnumSource(AlertName.class)
    void subjects_are_as_promised(AlertName alert) {
        var severity = alert.severity().wire();

        assertThat(about(alert, AlertState.FIRING, NOON).subject())
                .isEqualTo("[captcha] FIRING " + severity + " " + alert.wire());
        assertThat(about(alert, AlertState.RESOLVED, NOON.plusSeconds(60)).subject())
                .isEqualTo("[captcha] RESOLVED " + alert.wire());
    }

    @ParameterizedTest
    @EnumSource(AlertName.class)
    void each_alert_has_a_page_that_says_what_it_means_where_to_look_and_what_to_do(AlertName alert)
            throws IOException {
        var path = NOWHERE.of(alert);
        var page = Files.readString(Path.of("..").resolve(path));

        assertThat(about(alert, AlertState.FIRING, NOON).text()).contains(path);
        assertThat(page)
                .startsWith("# " + alert.wire())
                .contains("## What it means", "## Where to look", "## What to do");
    }

    @ParameterizedTest
    @EnumSource(AlertName.class)
    void prometheus_knows_each_alert_by_its_name_severity_and_page(AlertName alert) throws IOException {
        var rules = Files.readString(Path.of("../deploy/prometheus/captcha-pipeline.rules.yml"));
        var rule = rules.substring(rules.indexOf("- alert: " + alert.wire() + "\n"));

        assertThat(rule.substring(0, rule.indexOf("runbook: ")))
                .contains("severity: " + alert.severity().wire());
        assertThat(rule.substring(rule.indexOf("runbook: "))).startsWith("runbook: " + NOWHERE.of(alert));
    }

    @Test
    void a_letter_links_to_the_page_where_people_can_read_it() {
        var letters = new Letters(new Runbooks(Optional.of(URI.create("https://wiki.example.com/runbooks/"))));

        var letter =
                letters.about(alert(AlertName.LOW_BALANCE, AlertState.FIRING, NOON, "s"), List.of(), Optional.empty());

        assertThat(letter.text()).contains("What to do: https://wiki.example.com/runbooks/LowBalance.md");
        assertThat(letter.html())
                .contains("<a href=\"https://wiki.example.com/runbooks/LowBalance.md\">")
                .containsOnlyOnce("<a ");
    }

    @Test
    void the_same_event_makes_the_same_letter_and_another_event_another() {
        var firing = about(AlertName.DEAD_LETTERS, AlertState.FIRING, NOON);
        var repeated = about(AlertName.DEAD_LETTERS, AlertState.FIRING, NOON.plusSeconds(60));
        var resolved = about(AlertName.DEAD_LETTERS, AlertState.RESOLVED, NOON.plusSeconds(60));

        assertThat(about(AlertName.DEAD_LETTERS, AlertState.FIRING, NOON)).isEqualTo(firing);
        assertThat(List.of(firing.id(), repeated.id(), resolved.id())).doesNotHaveDuplicates();
    }

    @Test
    void what_follows_answers_the_letter_that_began_it() {
        var firing = about(AlertName.DEAD_LETTERS, AlertState.FIRING, NOON);

        assertThat(firing.answers()).isEmpty();
        assertThat(about(AlertName.DEAD_LETTERS, AlertState.RESOLVED, NOON.plusSeconds(60))
                        .answers())
                .contains(firing.id());
    }

    @Test
    void instances_that_tell_by_themselves_write_letters_of_their_own() {
        var alert = alert(AlertName.KAFKA_UNREACHABLE, AlertState.FIRING, NOON, "s");

        assertThat(LETTERS.about(alert, List.of(), Optional.of("one:1")).id())
                .isNotEqualTo(
                        LETTERS.about(alert, List.of(), Optional.of("other:1")).id());
    }

    @Test
    void nothing_of_a_summary_is_taken_for_html() {
        var alert = alert(AlertName.DEAD_LETTERS, AlertState.FIRING, NOON, "<script>&");

        assertThat(LETTERS.about(alert, List.of(), Optional.empty()).html()).contains("&lt;script&gt;&amp;");
    }

    @Test
    void a_digest_lists_failures_by_route() {
        var digest = new FailureDigest(
                NOON,
                NOON.plusSeconds(900),
                3,
                List.of(
                        new FailureDigest.Line(new Route("login"), "TIMEOUT", 2, List.of(new RequestId("r-1"))),
                        new FailureDigest.Line(null, "NO_ANSWER", 1, List.of())));
        var letter = LETTERS.about(digest, List.of("ops@example.com"));

        assertThat(letter.subject()).isEqualTo("[captcha] 3 failed requests");
        assertThat(letter.text()).contains("login  TIMEOUT  2  such as r-1", "(no route)  NO_ANSWER  1");
    }

    private static Letter about(AlertName name, AlertState state, Instant at) {
        return LETTERS.about(alert(name, state, at, "summary"), List.of("ops@example.com"), Optional.empty());
    }

    private static Alert alert(AlertName name, AlertState state, Instant at, String summary) {
        return new Alert(name, name.severity(), state, summary, 1.0, 0.5, NOON, at, Map.of());
    }
}
