package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.captchapipeline.broker.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody does wrong in the first five minutes, and what he is told to do.
class MistakesIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String KEY = "1234567890abcdef1234567890abcdef";
    private static final String SITE = "pageurl=https://example.com";

    @TempDir
    private Path directory;

    @Test
    void a_key_that_was_pasted_with_more_is_not_shown() throws Exception {
        var environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + free(),
                "CAPTCHAAI_URL",
                "http://127.0.0.1:" + free(),
                "CAPTCHAAI_API_KEY",
                KEY + " | my key");

        var told = ends(1, environment, "doctor");

        assertThat(told).contains("nothing answers at http://127.0.0.1:").doesNotContain(KEY, "\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "submit userrecaptcha googlekey=k pageurl=https://example.com",
                "watch",
                "audit r-1",
                "audit --verify",
                "stats",
                "ticket",
                "report r-1 good",
                "doctor",
                "dead-letters",
                "dead-letters replay --all",
                "topics"
            })
    void with_nothing_running_every_command_says_what_to_start(String command) throws Exception {
        var nobody = Map.of("DATA_DIR", directory.toString(), "RESULTS_PORT", free(), "AUDIT_PORT", free());
        var environment = new HashMap<>(nobody);
        environment.put("ALERTING_PORT", free());
        // Where nobody is, also while somebody works with the usual port on this machine.
        if (!command.equals("ticket")) {
            environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + free());
        }

        var told = ends(command.equals("ticket") ? 78 : 1, environment, command.split(" ", -1));

        assertThat(told).contains("./captcha up");
    }

    @Test
    void a_wrong_key_ends_up_at_once_and_says_where_to_look() throws Exception {
        try (var solver = Answering.always(200, "ERROR_WRONG_USER_KEY");
                var up = Home.in(directory).with(account(solver.url())).up()) {
            assertThat(up.endsWithin(PATIENCE)).isEqualTo(1);
            assertThat(up.out()).doesNotContain("READY");
            assertThat(up.err())
                    .contains("the solver refuses our account with ERROR_WRONG_USER_KEY", "check CAPTCHAAI_API_KEY")
                    .doesNotContain("Not ready after", "\tat ", KEY);
        }
    }

    @Test
    void the_doctor_knows_a_wrong_key() throws Exception {
        try (var solver = Answering.always(200, "ERROR_KEY_DOES_NOT_EXIST")) {
            assertThat(doctor(account(solver.url())))
                    .contains("answers ERROR_KEY_DOES_NOT_EXIST", "check CAPTCHAAI_API_KEY")
                    .doesNotContain(KEY);
        }
    }

    @Test
    void the_doctor_knows_an_address_that_is_no_solvers() throws Exception {
        try (var elsewhere = Answering.always(404, "<html>not here</html>")) {
            assertThat(doctor(account(elsewhere.url())))
                    .contains("answers HTTP 404 and no balance", "is CAPTCHAAI_URL the base");
        }
    }

    @Test
    void the_doctor_knows_a_callback_url_that_leads_nowhere_or_elsewhere() throws Exception {
        var callback = new HashMap<>(Map.of("CALLBACK_SECRET", "s", "CALLBACK_URL", "http://127.0.0.1:" + free()));
        assertThat(doctor(callback, "--callback"))
                .contains("nothing answers at http://127.0.0.1", "check the address, the proxy and the firewall");
        try (var elsewhere = Answering.always(200, "Welcome!")) {
            callback.put("CALLBACK_URL", elsewhere.url() + "/callback");
            assertThat(doctor(callback, "--callback"))
                    .contains("answers 200, which no ingress of ours does", "check CALLBACK_URL");
        }
        callback.put("CALLBACK_URL", "http://127.0.0.1:8080/callback");
        callback.put("CAPTCHAAI_URL", "https://192.0.2.1");
        assertThat(doctor(callback)).contains("leads nowhere from where the solver is", "public address");
    }

    @Test
    void an_api_that_is_none_is_named() throws Exception {
        try (var elsewhere = Answering.always(200, "<html>hello</html>")) {
            assertThat(ends(1, Map.of("AUDIT_URL", elsewhere.url()), "audit", "r-1"))
                    .contains(elsewhere.url() + " is no API of captcha-pipeline", "AUDIT_URL");
            assertThat(ends(1, Map.of("ALERTING_URL", elsewhere.url()), "stats"))
                    .contains(elsewhere.url() + " is no API of captcha-pipeline", "ALERTING_URL");
        }
        try (var other = Answering.always(404, "{\"title\":\"Not Found\"}")) {
            assertThat(ends(1, Map.of("ALERTING_URL", other.url()), "stats"))
                    .contains(other.url() + " has no /delivery, so it is another API", "ALERTING_URL");
        }
    }

    @Test
    void a_token_that_is_not_given_is_asked_for() throws Exception {
        try (var guarded = Answering.always(401, "{}")) {
            assertThat(ends(1, Map.of("AUDIT_URL", guarded.url()), "audit", "r-1"))
                    .contains("wants its token: set API_TOKEN");
        }
    }

    @Test
    void a_port_that_is_no_kafkas_is_told_like_one_where_nobody_is() throws Exception {
        try (var elsewhere = Answering.always(200, "hello")) {
            var servers = elsewhere.url().substring("http://".length());
            assertThat(ends(1, Map.of("KAFKA_BOOTSTRAP_SERVERS", servers), "submit", "turnstile", "sitekey=k", SITE))
                    .contains("No broker answers at " + servers, "./captcha up");
        }
    }

    @Test
    void a_solver_that_cannot_be_reached_is_told_of_while_somebody_waits_and_by_the_doctor() throws Exception {
        var home = Home.in(directory).with(account("http://127.0.0.1:" + free()));
        try (var _ = home.up().untilReady();
                var submit = home.command("submit", "turnstile", "sitekey=k", SITE, "--timeout", "10s");
                var doctor = home.command("doctor")) {
            assertThat(submit.endsWithin(PATIENCE)).isEqualTo(3);
            assertThat(submit.out()).contains("SOLVER_UNAVAILABLE");
            assertThat(submit.err()).contains("no connection", "./captcha doctor");
            assertThat(doctor.endsWithin(PATIENCE)).isEqualTo(1);
            assertThat(doctor.out()).contains("nothing answers at http://127.0.0.1", "check CAPTCHAAI_URL");
        }
    }

    private String doctor(Map<String, String> environment, String... options) throws Exception {
        var asked = new HashMap<>(environment);
        asked.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + free());
        var arguments = new String[options.length + 1];
        arguments[0] = "doctor";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return ends(1, asked, arguments);
    }

    /// What it said, on both of its outputs.
    private String ends(int exit, Map<String, String> environment, String... arguments) throws Exception {
        try (var command = CaptchaProcess.start(directory, environment, arguments)) {
            assertThat(command.endsWithin(SOON))
                    .as(() -> command.out() + command.err())
                    .isEqualTo(exit);
            assertThat(command.err()).doesNotContain("\tat ");
            return command.out() + command.err();
        }
    }

    private static Map<String, String> account(String solver) {
        return Map.of("CAPTCHAAI_API_KEY", KEY, "CAPTCHAAI_URL", solver);
    }

    private static String free() {
        return Integer.toString(FreePort.next());
    }

    /// Something else than what was meant.
    private record Answering(HttpServer server) implements AutoCloseable {

        static Answering always(int status, String body) throws IOException {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
            return new Answering(server);
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
