package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person does with a running `up`, from a request to its end and beyond.
class CommandsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern METRIC = Pattern.compile("captcha_[a-z0-9_]+");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SITE = "pageurl=https://example.com";

    @TempDir
    private static Path directory;

    private static Home home;
    private static CaptchaProcess up;

    @BeforeAll
    static void start() throws IOException {
        home = Home.in(directory);
        up = home.up().untilReady();
    }

    @AfterAll
    static void stop() {
        up.close();
    }

    @Test
    void a_request_becomes_an_outcome_that_everybody_finds() throws Exception {
        var submitted = run(0, "submit", "userrecaptcha", "googlekey=6LeABC", SITE, "--request-id", "r-1", "--json");
        assertThat(submitted.out()).contains("\"request_id\":\"r-1\"", "\"status\":\"solved\"", "\"expires_at\"");

        assertThat(home.get("RESULTS_PORT", "/results/r-1?wait=10s").body()).contains("\"status\":\"solved\"");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(run(0, "audit", "r-1").out())
                        .contains(
                                "captcha-submit",
                                "captcha-attempts",
                                "captcha-submitted",
                                "captcha-results",
                                "captcha-solved"));
        var events = JSON.readTree(run(0, "audit", "r-1", "--json").out()).path("events");
        assertThat(events.findValuesAsText("topic")).contains("captcha-submit", "captcha-solved");
        assertThat(run(0, "audit", "--verify").out()).startsWith("Intact: ");
        assertThat(JSON.readTree(run(0, "audit", "--verify", "--json").out())
                        .path("intact")
                        .asBoolean())
                .isTrue();
        touch("forged");
        assertThat(run(1, "audit", "--verify").out())
                .startsWith("Touched. ")
                .containsPattern("\n  captcha-solved-\\d+@\\d+  changed\n");
        touch("solved");
        assertThat(run(0, "audit", "--verify").out()).startsWith("Intact: ");
        assertThat(run(0, "report", "r-1", "good").out()).contains("as good");
        assertThat(home.get("SANDBOX_PORT", "/sandbox/tasks").body()).contains("\"r-1\":{\"accepted\":1");
        await().atMost(SOON).untilAsserted(() -> assertThat(sandboxJournal()).contains("\"reported\""));
    }

    @Test
    void asked_twice_under_one_id_it_tells_the_same_answer() throws Exception {
        var asked = new String[] {"submit", "userrecaptcha", "googlekey=6LeABC", SITE, "--request-id", "twice"};

        var first = run(0, asked).out().lines().toList();
        var second = run(0, asked);

        assertThat(second.out().lines().toList().getLast())
                .isEqualTo(first.getLast())
                .hasSizeGreaterThan(20);
        assertThat(second.err()).contains("twice was asked before");
        assertThat(home.records("captcha-submit"))
                .filteredOn(record -> "twice".equals(record.key()))
                .hasSize(1);
    }

    /// What somebody does who can write the database: r-1 ended otherwise.
    private static void touch(String status) throws SQLException {
        try (var database =
                        DriverManager.getConnection("jdbc:sqlite:" + home.data().resolve("audit.db"));
                var statement = database.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE audit_events SET status = '" + status
                            + "' WHERE topic = 'captcha-solved' AND request_id = 'r-1'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_request_that_cannot_be_asked_fails_with_its_reason() throws Exception {
        assertThat(run(3, "submit", "userrecaptcha", SITE).out()).contains("INVALID_REQUEST", "googlekey");
    }

    @Test
    void several_at_once_end_with_the_worst() throws Exception {
        var several = run(0, "submit", "turnstile", "sitekey=0x4AAA", SITE, "--count", "5", "--request-id", "several");

        assertThat(several.out().lines().filter(line -> line.contains("several-")))
                .hasSize(5);
    }

    @Test
    void a_scraper_that_submits_by_itself_gets_its_answer() throws Exception {
        var url = run(0, "ticket", "--route", "login").out().strip();
        assertThat(url).startsWith("http://127.0.0.1:" + home.ingress() + "/callback/v1~");

        var submit = home.get(
                "SANDBOX_PORT",
                "/in.php?key=" + "0".repeat(32) + "&method=userrecaptcha&googlekey=k&" + SITE + "&pingback=" + url);
        assertThat(submit.body()).startsWith("OK|");
        var task = submit.body().substring(3).strip();

        assertThat(home.get("RESULTS_PORT", "/results/" + task + "?wait=9s").body())
                .contains("\"status\":\"solved\"", "\"route\":\"login\"");
    }

    @Test
    void outcomes_are_watched_with_their_solutions_shortened() throws Exception {
        try (var watch = home.command("watch", "captcha-solved")) {
            await().atMost(SOON).until(() -> watch.err().contains("Watching captcha-solved"));
            var solved = run(0, "submit", "userrecaptcha", "googlekey=k", SITE, "--request-id", "watched");
            var solution = solved.out().lines().toList().getLast();

            await().atMost(SOON).until(() -> watch.out().contains("watched"));
            assertThat(watch.out()).contains("characters)").doesNotContain(solution);
        }
        try (var watch = home.command("watch", "captcha-solved", "--json", "--show")) {
            await().atMost(SOON).until(() -> watch.err().contains("Watching captcha-solved"));
            var solved = run(0, "submit", "userrecaptcha", "googlekey=k", SITE, "--request-id", "watched-too");

            await().atMost(SOON).until(() -> watch.out().contains("watched-too"));
            var record = JSON.readTree(watch.out().lines().toList().getLast());
            assertThat(record.path("topic").asText()).isEqualTo("captcha-solved");
            assertThat(record.path("key").asText()).isEqualTo("watched-too");
            assertThat(record.path("value").path("solution").asText())
                    .isEqualTo(solved.out().lines().toList().getLast());
        }
    }

    @Test
    void deliveries_are_counted_by_route_and_method_and_alerts_are_named() throws Exception {
        run(0, "submit", "userrecaptcha", "googlekey=6LeABC", SITE, "--route", "counted");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(run(0, "stats").out())
                        .containsPattern("DELIVERED +MISSED +PENDING +RESCUED +RATE\n")
                        .containsPattern("last 1 h +[1-9]")
                        .containsPattern("since start +[1-9]")
                        .containsPattern("route counted +1 +0 +0 +0 +100\\.0 %")
                        .containsPattern("method userrecaptcha +[1-9]")
                        .contains(" a minute, 95 % of them answered within ", "The endpoint answered ")
                        .containsPattern("\n(No alert fires\\.|firing )"));
        var json = JSON.readTree(run(0, "stats", "--json").out());
        assertThat(json.path("delivery")
                        .path("by_route")
                        .path("counted")
                        .path("delivered")
                        .asInt())
                .isEqualTo(1);
        assertThat(json.path("alerts").path("firing").isArray()).isTrue();
    }

    @Test
    void every_metric_that_a_page_or_a_rule_names_is_there() throws Exception {
        run(0, "submit", "userrecaptcha", "googlekey=6LeABC", SITE);
        var root = Path.of("..");
        var named = new TreeSet<String>();
        for (var place : List.of("deploy/prometheus", "docs/runbooks", "docs/troubleshooting.md")) {
            try (var files = Files.walk(root.resolve(place))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    METRIC.matcher(Files.readString(file)).results().forEach(found -> named.add(found.group()));
                }
            }
        }
        assertThat(named).contains("captcha_alert_firing");

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(home.get("MANAGEMENT_PORT", "/metrics").body())
                                .contains(named));
    }

    @Test
    void what_nobody_can_read_is_listed_and_sent_back_once() throws Exception {
        home.produce("captcha-submit", "no JSON at all");

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(run(0, "dead-letters").out()).contains("captcha-submit", "result-router"));
        assertThat(run(0, "dead-letters", "--json").out())
                .startsWith("{\"id\":")
                .contains("\"topic\":\"captcha-submit\"", "\"service\":\"result-router\"")
                .doesNotContain("no JSON at all");
        assertThat(run(0, "dead-letters", "replay", "--all").out()).contains("sent back");
        assertThat(run(1, "dead-letters", "replay", "77-77").err()).contains("There is no dead letter 77-77");
        assertThat(run(2, "dead-letters", "replay").err()).contains("Name one ID, or --all");
    }

    @Test
    void the_doctor_finds_nothing_wrong() throws Exception {
        assertThat(run(0, "doctor", "--callback").out())
                .contains("all topics are there", "all ready", "takes the key", "knows our tickets")
                .doesNotContain("wrong");
        assertThat(run(0, "doctor", "--json").out().lines())
                .allSatisfy(line -> assertThat(line).startsWith("{\"verdict\":\"ok\",\"place\":\""));
    }

    @Test
    void wrong_usage_says_what_is_right() throws Exception {
        assertThat(run(2, "submit").err()).contains("METHOD");
        assertThat(run(2, "submit", "turnstile", "--timeout", "soon").err()).contains("30s, 5m");
        assertThat(run(2, "submit", "turnstile", "--request-id", "no blanks").err())
                .contains("request_id");
        assertThat(run(2, "audit").err()).contains("Name one ID, or --verify");
        assertThat(run(1, "watch", "captcha-nothing").err()).contains("There is no topic captcha-nothing");
        assertThat(run(1, "audit", "nobody-asked").err()).contains("knows nothing of nobody-asked");
    }

    /// What the sandbox heard and keeps.
    private static String sandboxJournal() throws IOException {
        try (var files = Files.walk(home.data().resolve("sandbox"))) {
            var text = new StringBuilder();
            for (var file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return text.toString();
        }
    }

    private static CaptchaProcess run(int exit, String... arguments) throws Exception {
        try (var command = home.command(arguments)) {
            assertThat(command.endsWithin(SOON))
                    .as(() -> command.out() + command.err())
                    .isEqualTo(exit);
            assertThat(command.err()).doesNotContain("\tat ");
            assertThat(command.out() + command.err()).as("in a file").doesNotContain("\u001b");
            return command;
        }
    }
}
