package io.captchapipeline.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.kafka.NotPublished;
import io.captchapipeline.kit.testing.InMemoryPublisher;
import io.captchapipeline.schemas.event.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What callers see while the broker does not confirm.
class BrokerTroubleTest {
    private final InMemoryPublisher<Result> publisher = TestIngress.inMemory();
    private final TestIngress ingress =
            new TestIngress(publisher, TestIngress.settings(true, Duration.ofMillis(300), Duration.ofMillis(700)));

    @AfterEach
    void close() {
        ingress.close();
    }

    @Test
    void without_a_confirmation_it_is_503_and_later_ok_again() throws IOException {
        publisher.stall();
        var answer = ingress.get("/callback?id=1&code=x");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("retry-after");

        publisher.recover();
        assertThat(ingress.get("/callback?id=1&code=x").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(NotPublished.Reason.class)
    void whatever_keeps_it_from_being_stored_is_503(NotPublished.Reason reason) throws IOException {
        try (var failing = new TestIngress(_ -> CompletableFuture.failedStage(new NotPublished(reason, null)), true)) {
            assertThat(failing.get("/callback?id=1&code=x").status()).isEqualTo(503);
        }
    }

    @Test
    void health_is_degraded_until_the_broker_confirms_again() throws IOException {
        assertThat(ingress.get("/health/callbacks").status()).isEqualTo(200);
        publisher.stall();
        ingress.get("/callback?id=1&code=x");
        var degraded = ingress.get("/health/callbacks");
        assertThat(degraded.status()).isEqualTo(503);
        assertThat(degraded.body())
                .contains("\"status\":\"degraded\"", "\"total_errors\":1", "\"not_confirmed\":1", "\"error_rate\":1.0");

        publisher.recover();
        ingress.get("/callback?id=1&code=x");
        assertThat(ingress.get("/health/callbacks").body()).contains("\"status\":\"healthy\"");
    }

    @Test
    void the_event_loops_answer_others_meanwhile() throws IOException {
        publisher.stall();
        try (var first = new RawHttp(ingress.port());
                var second = new RawHttp(ingress.port());
                var third = new RawHttp(ingress.port())) {
            for (var waiting : new RawHttp[] {first, second, third}) {
                waiting.send(RawHttp.get("/callback?id=1&code=x"));
            }
            await().until(() -> publisher.waiting() == 3);
            for (int i = 0; i < 10; i++) {
                assertThat(ingress.get("/callback?id=nonsense&code=x").status()).isEqualTo(400);
            }
            assertThat(publisher.waiting()).isEqualTo(3);
        }
    }

    @Test
    void at_shutdown_what_was_accepted_is_answered() throws Exception {
        try (var patient = new TestIngress(
                        publisher, TestIngress.settings(true, Duration.ofSeconds(5), Duration.ofSeconds(30)));
                var http = new RawHttp(patient.port())) {
            publisher.stall();
            http.send(RawHttp.get("/callback?id=1&code=x"));
            await().until(() -> publisher.waiting() == 1);

            var drained = CompletableFuture.runAsync(patient::drain);
            await().until(() -> refusesConnections(patient.port()));
            publisher.recover();

            assertThat(http.answer())
                    .isNotNull()
                    .satisfies(answer -> assertThat(answer.status()).isEqualTo(200));
            drained.get();
        }
    }

    @Test
    void a_request_that_never_arrives_whole_is_dropped_however_busily_it_drips() throws IOException {
        try (var http = new RawHttp(ingress.port())) {
            http.send(
                    "POST /callback HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
            await().atMost(Duration.ofSeconds(8))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isClosed(http));
        }
        try (var http = new RawHttp(ingress.port())) {
            http.send("GET /callback?id=1&co");
            await().atMost(Duration.ofSeconds(8))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isClosed(http));
        }
        assertThat(publisher.events()).isEmpty();
    }

    private static boolean isClosed(RawHttp http) {
        try {
            http.send("x");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean refusesConnections(int port) {
        try (var _ = new RawHttp(port)) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
