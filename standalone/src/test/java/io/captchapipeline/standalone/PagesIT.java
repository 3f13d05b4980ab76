package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.captchapipeline.standalone.Pages.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the pages tell people to type, typed into a shell beside a running `up`; and what the dashboard draws, against
/// what that `up` measures.
class PagesIT {

    private static final long PATIENCE_SECONDS = 120;
    private static final Pattern METRIC = Pattern.compile("\\b(captcha_[a-z0-9_]+|jvm_[a-z0-9_]+)\\b");
    /// curl's own words for a connection that was reset, which a page shows on purpose.
    private static final int CURL_RESET = 56;
    private static final int CURL_EMPTY_REPLY = 52;

    @TempDir
    private static Path directory;

    private static Home home;
    private static CaptchaProcess up;

    @BeforeAll
    static void start() throws IOException {
        home = Home.in(directory);
        up = home.up().untilReady();
        Files.createSymbolicLink(directory.resolve("captcha"), CaptchaProcess.LAUNCHER);
    }

    @AfterAll
    static void stop() {
        up.close();
    }

    static List<Page> pagesWithCommands() {
        return Pages.all().stream().filter(page -> !commands(page).isEmpty()).toList();
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    void what_a_page_tells_to_type_works(Page page) throws Exception {
        for (var command : commands(page)) {
            run(page.name(), command);
        }
    }

    @Test
    void the_dashboard_draws_what_is_measured() throws Exception {
        run("the dashboard", "./captcha submit userrecaptcha googlekey=6LeABC pageurl=https://example.com");
        run("the dashboard", "curl -s http://127.0.0.1:8080/callback");
        var measured = home.get("MANAGEMENT_PORT", "/metrics").body();
        var dashboard = new ObjectMapper()
                .readTree(Pages.ROOT
                        .resolve("deploy/grafana/dashboards/pipeline.json")
                        .toFile());

        assertThat(drawn(dashboard))
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(measured).containsPattern("(?m)^" + metric + "[ {]"));
    }

    private static List<String> commands(Page page) {
        return page.commands().stream()
                .filter(command -> PagesLists.RUN_HERE.stream()
                        .anyMatch(pattern -> pattern.matcher(command).find()))
                .toList();
    }

    private static Set<String> drawn(JsonNode dashboard) {
        var metrics = new HashSet<String>();
        dashboard
                .findValuesAsText("expr")
                .forEach(expression -> METRIC.matcher(expression)
                        .results()
                        .map(found -> found.group(1))
                        .forEach(metrics::add));
        return metrics;
    }

    private static void run(String page, String command) throws Exception {
        var out = Files.createTempFile(directory, "typed", ".txt");
        var shell = new ProcessBuilder("/bin/sh", "-c", "U=http://127.0.0.1:8090 K=" + "0".repeat(32) + "\n" + command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        shell.command().set(2, here(shell.command().get(2)));
        shell.environment().put("DATA_DIR", home.data().toString());
        shell.environment().put("API_TOKEN", "");
        var process = shell.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as(command)
                    .isTrue();
            assertThat(process.exitValue())
                    .as("%s in %s said: %s", command, page, Files.readString(out))
                    .isIn(Stream.concat(Stream.of(0), onPurpose(command)).toList());
        } finally {
            process.destroyForcibly();
        }
    }

    /// Exit codes that are what the page is about.
    private static Stream<Integer> onPurpose(String command) {
        return command.contains("curl -sS") ? Stream.of(CURL_RESET, CURL_EMPTY_REPLY) : Stream.of();
    }

    /// On the ports of this `up`.
    private static String here(String command) {
        return command.replace(":8090", ":" + home.port("SANDBOX_PORT"))
                .replace(":8080", ":" + home.port("INGRESS_PORT"))
                .replace(":8082", ":" + home.port("RESULTS_PORT"))
                .replace(":8083", ":" + home.port("AUDIT_PORT"))
                .replace(":8084", ":" + home.port("ALERTING_PORT"));
    }
}
