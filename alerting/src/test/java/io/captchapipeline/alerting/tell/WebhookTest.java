package io.captchapipeline.alerting.tell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.captchapipeline.kit.settings.Secret;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WebhookTest {
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private volatile int answer = 204;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.getResponseHeaders().add("Retry-After", "7");
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void one_body_suits_slack_and_discord() throws Exception {
        webhook().tell(letter("the text"));
        var body = new JsonObject(bodies.take());

        assertThat(body.getString("text")).isEqualTo("[captcha] RESOLVED DeadLetters\nthe text");
        assertThat(body.getString("content")).isEqualTo(body.getString("text"));
    }

    @Test
    void what_is_too_long_for_discord_is_cut() throws Exception {
        webhook().tell(letter("x".repeat(10_000)));

        assertThat(new JsonObject(bodies.take()).getString("content")).hasSize(2_000);
    }

    @Test
    void one_that_is_asked_too_often_says_when_to_come_back() {
        answer = 429;
        var problem = catchThrowableOfType(NotTold.class, () -> webhook().tell(letter("the text")));

        assertThat(problem.comeBackAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void what_went_wrong_does_not_name_the_address() {
        server.stop(0);
        var problem = catchThrowableOfType(NotTold.class, () -> webhook().tell(letter("the text")));

        assertThat(problem)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("127.0.0.1")
                .hasNoCause();
    }

    @Test
    @Timeout(20)
    void one_that_stops_in_the_middle_of_its_answer_holds_up_nobody() throws Exception {
        try (var silent = SilentServer.afterHeaders()) {
            var webhook = new Webhook(new Secret(silent.url()), Duration.ofMillis(200));

            assertThat(catchThrowableOfType(NotTold.class, () -> webhook.tell(letter("the text"))))
                    .hasMessageContaining("did not answer");
        }
    }

    private Webhook webhook() {
        return new Webhook(new Secret("http://127.0.0.1:" + server.getAddress().getPort() + "/hook/secret"));
    }

    private static Letter letter(String text) {
        return new Letter("id", Optional.empty(), List.of(), "[captcha] RESOLVED DeadLetters", text, "");
    }
}
