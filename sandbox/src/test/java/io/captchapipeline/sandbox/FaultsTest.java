package io.captchapipeline.sandbox;

import static io.captchapipeline.sandbox.TestSandbox.AT_ONCE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that goes wrong at in.php, on demand.
class FaultsTest {
    private static final String LOST = "lost";

    @TempDir
    Path dir;

    private TestSandbox solver;

    @BeforeEach
    void start() {
        solver = new TestSandbox(dir, AT_ONCE);
    }

    @AfterEach
    void stop() {
        solver.close();
    }

    @Test
    void a_lost_reply_is_a_reset_after_acceptance() throws Exception {
        solver.sandbox.behaviour(AT_ONCE.with("lose_reply_rate", 1));

        try (var socket = new Socket(InetAddress.getLoopbackAddress(), solver.sandbox.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /in.php?textcaptcha=x&key=" + TestSandbox.KEY + " HTTP/1.1\r\nHost: h\r\n\r\n")
                            .getBytes(ISO_8859_1));
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(solver.sandbox.tasks().accepted()).isEqualTo(1);
    }

    @Test
    void the_pingback_of_a_lost_reply_arrives() throws Exception {
        solver.sandbox.behaviour(AT_ONCE.with("lose_reply_rate", 1));
        try (var receiver = new Receiver()) {
            assertThat(ask("r-1", receiver.url("/callback/")).join()).isEqualTo(LOST);

            await().untilAsserted(
                            () -> assertThat(receiver.codes()).hasSize(1).allMatch(code -> code.startsWith("03A")));
        }
    }

    @Test
    void without_a_slot_nothing_is_accepted() throws Exception {
        solver.sandbox.behaviour(AT_ONCE.with("no_slot_rate", 1));

        assertThat(solver.recaptcha().body()).isEqualTo("ERROR_NO_SLOT_AVAILABLE");
        assertThat(solver.sandbox.tasks().accepted()).isZero();
        assertThat(solver.res("action", "getbalance")).isEqualTo("10");
    }

    @Test
    void status_500_strikes_as_often_after_acceptance_as_before() {
        solver.sandbox.behaviour(AT_ONCE.with("http_500_rate", 1).with("seed", 3));
        var answers = many(400, "http://127.0.0.1:1/");

        assertThat(answers.values()).allMatch(answer -> answer.startsWith("500 "));
        assertThat(solver.sandbox.tasks().accepted()).isBetween(160L, 240L);
        assertThat(answers.values().stream().distinct()).hasSize(4);
    }

    @Test
    void status_500_strikes_polls_too() throws Exception {
        var id = solver.task();
        await().until(() -> solver.sandbox.tasks().solved() == 1);
        solver.sandbox.behaviour(AT_ONCE.with("http_500_rate", 0.5));

        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 100; i++) {
            statuses.add(solver.get("/res.php?key=" + TestSandbox.KEY + "&action=get&id=" + id)
                    .statusCode());
        }
        assertThat(Collections.frequency(statuses, 500)).isBetween(30, 70);
        assertThat(solver.sandbox.tasks().polls()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ERROR: 1003", "MAX_USER_TURN", "IP_BANNED", "ERROR_KEY_DOES_NOT_EXIST", "ERROR_SERVER_ERROR"})
    void a_code_about_the_account_is_told_before_anything_is_accepted(String code) throws Exception {
        solver.sandbox.behaviour(AT_ONCE.with("fail_rate", 1).with("error_code", code));

        assertThat(solver.recaptcha().body()).isEqualTo(code);
        assertThat(solver.recaptcha("json", 1).body()).isEqualTo("{\"status\":0,\"request\":\"" + code + "\"}");
        assertThat(solver.sandbox.tasks().accepted()).isZero();
    }

    @Test
    void too_many_requests_is_a_status_of_http_too() throws Exception {
        solver.sandbox.behaviour(AT_ONCE.with("fail_rate", 1).with("error_code", "ERROR_TOO_MUCH_REQUESTS"));

        var reply = solver.recaptcha();
        assertThat(reply.statusCode()).isEqualTo(429);
        assertThat(reply.body()).isEqualTo("ERROR_TOO_MUCH_REQUESTS");
    }

    @Test
    void a_delayed_reply_is_held_back_after_acceptance() throws Exception {
        solver.sandbox.behaviour(AT_ONCE.with("reply_delay_ms", 3_600_000));
        var reply = solver.recaptchaAsync();
        await().until(() -> solver.sandbox.tasks().solved() == 1);

        assertThat(reply).isNotDone();
    }

    @Test
    void a_reply_comes_when_its_delay_is_over() throws Exception {
        solver.sandbox.behaviour(AT_ONCE.with("reply_delay_ms", 30));
        long start = System.nanoTime();

        assertThat(solver.recaptcha().body()).startsWith("OK|");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    void rates_are_met_over_the_wire() {
        solver.sandbox.behaviour(
                AT_ONCE.with("no_slot_rate", 0.3).with("lose_reply_rate", 0.2).with("seed", 11));
        var answers = many(1_000, "http://127.0.0.1:1/");

        assertThat(count(answers, "ERROR_NO_SLOT_AVAILABLE")).isBetween(250L, 350L);
        assertThat(count(answers, LOST)).isBetween(105L, 175L);
        assertThat(solver.sandbox.tasks().accepted()).isEqualTo(1_000 - count(answers, "ERROR_NO_SLOT_AVAILABLE"));
    }

    @Test
    void the_same_requests_meet_the_same_faults_in_any_order() throws Exception {
        var rough = AT_ONCE.with("no_slot_rate", 0.2)
                .with("lose_reply_rate", 0.1)
                .with("http_500_rate", 0.2)
                .with("fail_rate", 0.3)
                .with("drop_callback_rate", 0.2)
                .with("duplicate_rate", 0.2)
                .with("conflict_rate", 0.2);
        var first = round(rough.with("seed", 42), List.of());
        var shuffled = IntStream.range(0, 300).boxed().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(shuffled, new Random(1));
        var again = round(rough.with("seed", 42), shuffled);
        var other = round(rough.with("seed", 43), List.of());

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void a_request_that_is_turned_away_can_be_taken_the_next_time() {
        solver.sandbox.behaviour(AT_ONCE.with("no_slot_rate", 0.5));
        var answers = IntStream.range(0, 40)
                .mapToObj(_ -> ask("r-1", "http://127.0.0.1:1/").join())
                .toList();

        assertThat(answers).contains("ERROR_NO_SLOT_AVAILABLE", "OK");
    }

    /// What each of 300 requests was told, and what its callbacks said.
    private Map<String, String> round(Behaviour behaviour, List<Integer> order) throws IOException {
        solver.sandbox.behaviour(behaviour);
        var before = solver.sandbox.tasks();
        try (var receiver = new Receiver()) {
            var answers = many(order.isEmpty() ? IntStream.range(0, 300).boxed().toList() : order, receiver.url("/c/"));
            await().until(() -> {
                var now = solver.sandbox.tasks();
                return now.solved() + now.failed() == now.accepted()
                        && now.callbacksAcknowledged() - before.callbacksAcknowledged() == receiver.callbacks.size()
                        && solver.sandbox.isQuiet();
            });
            receiver.callbacks.forEach(callback -> answers.merge(
                    Caller.of(receiver.url(callback.path())).key(),
                    " " + callback.code().replaceFirst("^03A.*", "token"),
                    String::concat));
            return answers;
        }
    }

    private Map<String, String> many(int requests, String base) {
        return many(IntStream.range(0, requests).boxed().toList(), base);
    }

    private Map<String, String> many(List<Integer> requests, String base) {
        var asked = new TreeMap<String, CompletableFuture<String>>();
        requests.forEach(i -> asked.put("r-" + i, ask("r-" + i, base)));
        var answers = new TreeMap<String, String>();
        asked.forEach((request, answer) -> answers.put(request, answer.join()));
        return answers;
    }

    private CompletableFuture<String> ask(String request, String base) {
        return solver.recaptchaAsync("pingback", base + TestSandbox.ticket(request, 1))
                .thenApply(FaultsTest::told)
                .exceptionally(_ -> LOST);
    }

    private static String told(HttpResponse<String> reply) {
        return reply.statusCode() == 200
                ? reply.body().replaceFirst("\\|.*", "")
                : reply.statusCode() + " " + reply.body();
    }

    private static long count(Map<String, String> answers, String answer) {
        return answers.values().stream().filter(answer::equals).count();
    }
}
