package io.captchapipeline.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.captchapipeline.broker.FreePort;
import io.captchapipeline.kit.testing.InMemoryContext;
import io.captchapipeline.schemas.event.DeliverySnapshot;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The service as it is wired, before topics in memory.
class IngressWiringTest {
    private static final IPAddress LOOPBACK = new IPAddressString("127.0.0.0/8").getAddress();
    private static final IPAddress ELSEWHERE = new IPAddressString("203.0.113.0/24").getAddress();

    private final InMemoryContext context = new InMemoryContext(Pipeline.INGRESS_CALLBACK, Clock.systemUTC());

    @Test
    void a_callback_becomes_an_event_and_the_instance_tells_how_it_stands() throws IOException {
        int port = FreePort.next();
        try (var running = IngressCallback.wire(settings(port, LOOPBACK), context)) {
            running.start();
            assertThat(status(port, "")).isEqualTo(200);

            assertThat(context.written(Topics.RESULTS))
                    .singleElement()
                    .satisfies(result -> assertThat(result.taskId()).hasToString("1"));
            await().untilAsserted(() -> assertThat(context.written(Topics.CALLBACK_HEALTH))
                    .first()
                    .satisfies(health -> {
                        assertThat(health.instance()).endsWith(":" + port);
                        assertThat(health.status()).isEqualTo("healthy");
                    }));
        } finally {
            context.close();
        }
    }

    @Test
    void who_is_not_on_the_list_is_refused_unless_a_trusted_proxy_speaks_for_him() throws IOException {
        int port = FreePort.next();
        try (var running = IngressCallback.wire(settings(port, ELSEWHERE), context)) {
            running.start();

            assertThat(status(port, "")).isEqualTo(403);
            assertThat(status(port, "X-Forwarded-For: 198.51.100.1\r\n")).isEqualTo(403);
            assertThat(status(port, "X-Forwarded-For: 203.0.113.9, 198.51.100.1\r\n"))
                    .isEqualTo(403);
            assertThat(context.written(Topics.RESULTS)).isEmpty();

            assertThat(status(port, "X-Forwarded-For: 203.0.113.9\r\n")).isEqualTo(200);
        } finally {
            context.close();
        }
    }

    @Test
    void callbacks_are_stale_while_alerting_says_that_somebody_waits_and_healthy_after_the_next_one()
            throws IOException {
        int port = FreePort.next();
        try (var running = IngressCallback.wire(settings(port, LOOPBACK), context)) {
            running.start();
            assertThat(health(port)).contains("\"status\":\"healthy\"");

            context.followed(Topics.DELIVERY).hand(waiting(Instant.now().minusSeconds(301)));
            assertThat(health(port)).startsWith("HTTP/1.1 503").contains("\"status\":\"stale\"");

            assertThat(status(port, "")).isEqualTo(200);
            assertThat(health(port)).startsWith("HTTP/1.1 200").contains("\"status\":\"healthy\"");
        } finally {
            context.close();
        }
    }

    private static String health(int port) throws IOException {
        var answer = RawHttp.once(port, RawHttp.get("/health/callbacks"));
        return "HTTP/1.1 " + answer.status() + "\n" + answer.body();
    }

    private static DeliverySnapshot waiting(Instant since) {
        return new DeliverySnapshot(
                "all",
                Instant.now(),
                0,
                0,
                1,
                null,
                List.of(),
                3600,
                0,
                null,
                null,
                since,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static int status(int port, String header) throws IOException {
        var request = "GET /callback?id=1&code=x HTTP/1.1\r\nHost: test\r\n" + header + "\r\n";
        return RawHttp.once(port, request).status();
    }

    private static IngressSettings settings(int port, IPAddress allowed) {
        var base = TestIngress.settings(true, Duration.ofSeconds(3), Duration.ofSeconds(30));
        return new IngressSettings(
                "127.0.0.1",
                port,
                base.secrets(),
                true,
                List.of(allowed),
                List.of(LOOPBACK),
                Pattern.compile("[0-9]{1,32}"),
                base.ackTimeout(),
                base.wholeWithin(),
                base.staleAfter(),
                Optional.empty());
    }
}
