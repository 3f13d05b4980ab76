package io.captchapipeline.alerting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.captchapipeline.alerting.tell.SilentServer;
import io.captchapipeline.broker.FreePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProberTest {
    private final Prober prober = new Prober(Optional.empty(), Duration.ofSeconds(10), "here", Clock.systemUTC());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "fine",
            value = {
                "200 | {\"status\":\"healthy\"}  | fine",
                "503 | {\"status\":\"stale\"}    | fine",
                "503 | {\"status\":\"degraded\"} | it answers 503 and calls itself degraded",
                "503 | {\"status\":\"healthy\"}  | it answers 503 and calls itself healthy",
                "200 | {\"status\":\"ok\"}       | it answers 200 with another body",
                "200 | <html>welcome</html>      | it answers 200 with another body",
                "502 | bad gateway               | it answers 502 with another body"
            })
    void an_endpoint_is_well_when_it_says_so_or_is_only_stale(int status, String body, String fault) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        try {
            assertThat(prober.fault(at(server.getAddress().getPort()))).isEqualTo(Optional.ofNullable(fault));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_endpoint_that_refuses_is_down() throws Exception {
        int port = FreePort.next();

        assertThat(prober.fault(at(port))).contains("connection refused");
    }

    @Test
    @Timeout(20)
    void an_endpoint_that_never_answers_is_down() throws Exception {
        try (var server = SilentServer.afterNothing()) {
            assertThat(impatient().fault(URI.create(server.url()))).contains("no answer within 0.2 s");
        }
    }

    @Test
    @Timeout(20)
    void an_endpoint_that_stops_in_the_middle_of_its_answer_is_down() throws Exception {
        try (var server = SilentServer.afterHeaders()) {
            assertThat(impatient().fault(URI.create(server.url()))).contains("no answer within 0.2 s");
        }
    }

    @Test
    void an_endpoint_whose_answer_has_no_end_is_down() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                while (true) {
                    body.write(new byte[8192]);
                }
            }
        });
        server.start();
        try {
            assertThat(prober.fault(at(server.getAddress().getPort())))
                    .contains("the answer broke off, or is far too long");
        } finally {
            server.stop(0);
        }
    }

    private static Prober impatient() {
        return new Prober(Optional.empty(), Duration.ofSeconds(10), "here", Clock.systemUTC(), Duration.ofMillis(200));
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port + "/health/callbacks");
    }
}
