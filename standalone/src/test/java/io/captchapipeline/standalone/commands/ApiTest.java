package io.captchapipeline.standalone.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answers("/delivery", 200, "{\"delivered\":7}");
        answers("/", 404, "{\"title\":\"Not Found\"}");
        server.createContext("/stalls", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void what_is_there_is_read_and_what_is_unknown_is_not_found() {
        try (var api = api()) {
            assertThat(api.page("/delivery", PATIENCE).path("delivered").asInt())
                    .isEqualTo(7);
            assertThat(api.get("/audit/17", PATIENCE).found()).isFalse();
        }
    }

    @Test
    void an_api_without_what_is_always_there_is_another() {
        try (var api = api()) {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> api.page("/alerts", PATIENCE))
                    .withMessageContainingAll(url() + " has no /alerts", "check ALERTING_URL");
        }
    }

    @Test
    void an_answer_that_stalls_is_none() {
        try (var api = api()) {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> api.get("/stalls", Duration.ofMillis(200)))
                    .withMessageContaining(url() + " did not answer within");
        }
    }

    @Test
    void who_is_not_there_is_told_from_who_is_slow() {
        server.stop(0);
        try (var api = api()) {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> api.get("/delivery", PATIENCE))
                    .withMessageContaining("Nothing answers at " + url());
        }
    }

    private void answers(String path, int status, String body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        });
    }

    private void await() throws IOException {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Api api() {
        var settings = Settings.read(Environment.of(Map.of("ALERTING_URL", url())), List.of(Catalogue.COMMANDS));
        return new Api(settings, Catalogue.ALERTING_URL);
    }
}
