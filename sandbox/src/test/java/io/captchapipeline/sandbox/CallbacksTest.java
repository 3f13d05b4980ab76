package io.captchapipeline.sandbox;

import static io.captchapipeline.sandbox.TestSandbox.AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a receiver of pingbacks sees.
class CallbacksTest {
    @TempDir
    Path dir;

    @Test
    void by_get_id_and_code_are_appended() throws Exception {
        try (var receiver = new Receiver();
                var solver = new TestSandbox(dir, AT_ONCE)) {
            var id = solver.task("pingback", receiver.url("/callback/x"));
            await().until(() -> receiver.callbacks.size() == 1);

            var callback = receiver.callbacks.getFirst();
            assertThat(callback.method()).isEqualTo("GET");
            assertThat(callback.path()).isEqualTo("/callback/x");
            assertThat(callback.query()).isEqualTo("id=" + id + "&code=" + answer(solver, id));
            assertThat(callback.agent()).isNull();
        }
    }

    @Test
    void by_get_a_query_of_the_pingback_is_kept() throws Exception {
        try (var receiver = new Receiver();
                var solver = new TestSandbox(dir, AT_ONCE)) {
            solver.task("pingback", receiver.url("/callback?job=7"));
            await().until(() -> receiver.callbacks.size() == 1);

            assertThat(receiver.callbacks.getFirst().query()).startsWith("job=7&id=77");
        }
    }

    @Test
    void of_a_pingback_submitted_by_get_the_first_parameter_survives() throws Exception {
        try (var receiver = new Receiver();
                var solver = new TestSandbox(dir, AT_ONCE)) {
            var url = URLEncoder.encode(receiver.url("/callback?a=1&b=2"), StandardCharsets.UTF_8);
            solver.get("/in.php?key=" + TestSandbox.KEY + "&textcaptcha=x&pingback=" + url);
            await().until(() -> receiver.callbacks.size() == 1);

            assertThat(receiver.callbacks.getFirst().query())
                    .startsWith("a=1&id=")
                    .doesNotContain("b=2");
        }
    }

    @Test
    void by_post_a_form_tells_the_price_too() throws Exception {
        try (var receiver = new Receiver();
                var solver = new TestSandbox(dir, AT_ONCE.with("callback_method", "POST"))) {
            var id = solver.task("pingback", receiver.url("/callback/x"));
            await().until(() -> receiver.callbacks.size() == 1);

            var callback = receiver.callbacks.getFirst();
            assertThat(callback.method()).isEqualTo("POST");
            assertThat(callback.body()).isEqualTo("id=" + id + "&code=" + answer(solver, id) + "&rate=0.00299");
            assertThat(callback.agent()).isNull();
        }
    }

    @Test
    void what_is_special_in_a_url_arrives_as_it_is() throws Exception {
        try (var receiver = new Receiver();
                var solver = new TestSandbox(dir, AT_ONCE)) {
            solver.in("method", "funcaptcha", "publickey", 1, "pageurl", "https://h/", "pingback", receiver.url("/c"));
            await().until(() -> receiver.callbacks.size() == 1);

            assertThat(receiver.callbacks.getFirst().query()).contains("%7Cr%3Dap-southeast-1%7C", "%25");
            assertThat(receiver.codes().getFirst()).contains("|r=ap-southeast-1|", "%2F");
        }
    }

    @Test
    void a_failed_task_calls_back_with_its_error() throws Exception {
        try (var receiver = new Receiver();
                var solver = new TestSandbox(dir, AT_ONCE.with("fail_rate", 1))) {
            solver.task("pingback", receiver.url("/c"));

            await().untilAsserted(() -> assertThat(receiver.codes()).containsExactly("ERROR_CAPTCHA_UNSOLVABLE"));
        }
    }

    @Test
    void a_callback_comes_twice() throws Exception {
        try (var receiver = new Receiver();
                var solver = new TestSandbox(dir, AT_ONCE.with("duplicate_rate", 1))) {
            var id = solver.task("pingback", receiver.url("/c"));
            await().until(() -> receiver.callbacks.size() == 2);

            assertThat(receiver.codes()).containsOnly(answer(solver, id));
        }
    }

    @Test
    void a_callback_is_contradicted() throws Exception {
        try (var receiver = new Receiver();
                var solver = new TestSandbox(dir, AT_ONCE.with("conflict_rate", 1))) {
            var id = solver.task("pingback", receiver.url("/c"));
            await().until(() -> receiver.callbacks.size() == 2);

            assertThat(receiver.codes().getFirst()).isEqualTo(answer(solver, id));
            assertThat(receiver.codes().getLast()).isNotEqualTo(answer(solver, id));
            assertThat(receiver.callbacks).extracting(Receiver.Callback::id).containsOnly(id);
        }
    }

    @Test
    void a_dropped_callback_never_comes() throws Exception {
        try (var receiver = new Receiver();
                var solver = new TestSandbox(dir, AT_ONCE.with("drop_callback_rate", 1))) {
            solver.task("pingback", receiver.url("/dropped"));
            await().until(() -> solver.sandbox.tasks().solved() == 1);
            solver.sandbox.behaviour(AT_ONCE);
            solver.task("pingback", receiver.url("/marker"));
            await().until(() -> !receiver.callbacks.isEmpty());

            assertThat(receiver.callbacks).extracting(Receiver.Callback::path).containsExactly("/marker");
            assertThat(solver.sandbox.tasks().callbacksSent()).isEqualTo(1);
        }
    }

    @Test
    void a_callback_before_the_reply_is_answered_before_the_reply() throws Exception {
        var mayAnswer = new CountDownLatch(1);
        var ids = ConcurrentHashMap.<String>newKeySet();
        try (var receiver = new Receiver(callback -> {
                    ids.add(callback.id());
                    return opens(mayAnswer) ? 200 : 500;
                });
                var solver = new TestSandbox(
                        dir,
                        Behaviour.DEFAULT
                                .with("callback_before_reply_rate", 1)
                                .with("solve_ms", new int[] {600_000, 600_000}))) {
            var reply = solver.recaptchaAsync("pingback", receiver.url("/c"));
            await().until(() -> !ids.isEmpty());
            assertThat(reply).isNotDone();

            mayAnswer.countDown();
            assertThat(ids).containsExactly(reply.join().body().substring(3));
        }
    }

    @Test
    void a_callback_that_is_not_answered_2xx_is_made_again() throws Exception {
        var answers = new AtomicInteger();
        try (var receiver = new Receiver(_ -> answers.incrementAndGet() < 4 ? 503 : 204);
                var solver = new TestSandbox(dir, AT_ONCE)) {
            solver.task("pingback", receiver.url("/c"));
            await().until(() -> solver.sandbox.tasks().callbacksAcknowledged() == 1);

            assertThat(solver.sandbox.tasks().callbacksSent()).isEqualTo(4);
            assertThat(receiver.codes())
                    .hasSize(4)
                    .containsOnly(receiver.codes().getFirst());
        }
    }

    @Test
    void a_callback_that_is_never_answered_2xx_is_given_up() throws Exception {
        try (var receiver = new Receiver(_ -> 404);
                var solver = new TestSandbox(dir, AT_ONCE)) {
            var given = solver.task("pingback", receiver.url("/c"));
            await().until(() -> receiver.callbacks.size() == 5);
            solver.task("pingback", receiver.url("/later"));
            await().until(() -> receiver.callbacks.size() == 10);

            assertThat(receiver.callbacks.stream().filter(c -> c.id().equals(given)))
                    .hasSize(5);
            assertThat(solver.sandbox.tasks().callbacksAcknowledged()).isZero();
        }
    }

    @Test
    void a_receiver_that_is_not_there_yet_is_called_when_it_is() throws Exception {
        int port;
        try (var receiver = new Receiver()) {
            port = receiver.port();
        }
        try (var solver = new TestSandbox(dir, AT_ONCE)) {
            solver.task("pingback", "http://127.0.0.1:" + port + "/c");
            await().until(() -> solver.sandbox.tasks().callbacksSent() >= 1);
            try (var receiver = new Receiver(_ -> 200, port)) {
                await().until(() -> solver.sandbox.tasks().callbacksAcknowledged() == 1);
                assertThat(receiver.callbacks).hasSize(1);
            }
        }
    }

    private static String answer(TestSandbox solver, String id) throws Exception {
        return solver.res("action", "get", "id", id).substring(3);
    }

    private static boolean opens(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
