package io.captchapipeline.submitter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.captchapipeline.broker.FreePort;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.testkit.promise.SecretsStay;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Over real sockets: what was never sent is told from what may have been, and the key stays where it belongs.
class SolverClientTest {
    private static final Secret KEY = new Secret("0123456789abcdef0123456789abcdef");
    private static final SolverClient.Timeouts SHORT =
            new SolverClient.Timeouts(Duration.ofMillis(500), Duration.ofMillis(500));
    private static final SolverClient.Timeouts LONG =
            new SolverClient.Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(20));

    private final Vertx vertx = Vertx.vertx();
    private final ListAppender<ILoggingEvent> logs = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final SecretsStay secretsStay = new SecretsStay();

    @BeforeEach
    void listen() {
        secretsStay.secret("API key", KEY.value());
        secretsStay.search("nothing yet", "so that there is something");
        logs.start();
        root.addAppender(logs);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void the_key_is_in_no_log() {
        root.detachAppender(logs);
        root.setLevel(Level.INFO);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        for (var line : List.copyOf(logs.list)) {
            secretsStay.search("log of " + line.getLoggerName(), line.getFormattedMessage());
            secretsStay.search("exception in " + line.getLoggerName(), String.valueOf(line.getThrowableProxy()));
        }
        secretsStay.verify();
    }

    // Known not to be sent

    @Test
    void a_port_where_nobody_listens_is_never_sent_to() throws IOException {
        assertThat(post(URI.create("http://127.0.0.1:" + FreePort.next()), LONG))
                .isInstanceOf(Reply.NeverSent.class);
    }

    @Test
    void a_host_that_is_not_there_is_never_sent_to() {
        assertThat(post(URI.create("http://no-such-host.invalid"), LONG)).isInstanceOf(Reply.NeverSent.class);
    }

    @Test
    void a_connection_that_is_not_answered_is_never_sent_to() throws IOException {
        try (var hole = new BlackHole()) {
            assertThat(post(hole.uri(), SHORT)).isInstanceOf(Reply.NeverSent.class);
        }
    }

    @Test
    void a_failed_tls_handshake_is_before_the_request() throws IOException {
        try (var server = MisbehavingServer.that(connection -> connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            var uri = URI.create(server.uri().toString().replace("http:", "https:"));

            assertThat(post(uri, LONG)).isInstanceOf(Reply.NeverSent.class);
        }
    }

    @Test
    void a_tls_handshake_that_hangs_is_before_the_request() throws IOException {
        try (var server = MisbehavingServer.that(MisbehavingServer.Connection::hang)) {
            var uri = URI.create(server.uri().toString().replace("http:", "https:"));

            assertThat(post(uri, SHORT)).isInstanceOf(Reply.NeverSent.class);
        }
    }

    // Perhaps sent

    @Test
    void a_reset_at_the_first_byte_may_have_been_sent() throws IOException {
        try (var server = MisbehavingServer.that(connection -> {
            connection.readByte();
            connection.reset();
        })) {
            assertThat(post(server.uri(), LONG)).isInstanceOf(Reply.MaybeSent.class);
        }
    }

    @Test
    void a_reset_after_reading_may_have_been_sent() throws IOException {
        assertMaybeSent(LONG, connection -> {
            connection.read();
            connection.reset();
        });
    }

    @Test
    void a_close_without_an_answer_may_have_been_sent() throws IOException {
        assertMaybeSent(LONG, connection -> {
            connection.read();
            connection.close();
        });
    }

    @Test
    void a_half_closed_connection_may_have_been_sent() throws IOException {
        assertMaybeSent(LONG, connection -> {
            connection.read();
            connection.halfClose();
        });
    }

    @Test
    void a_hanging_server_may_have_been_sent_to() throws IOException {
        assertMaybeSent(SHORT, connection -> {
            connection.read();
            connection.hang();
        });
    }

    @Test
    void half_an_answer_is_none() throws IOException {
        assertMaybeSent(LONG, connection -> {
            connection.read();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\":1,\"request\":\"123");
            connection.reset();
        });
    }

    @Test
    void an_answer_that_never_ends_is_none() throws IOException {
        assertMaybeSent(SHORT, connection -> {
            connection.read();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\":1");
            connection.hang();
        });
    }

    @Test
    void an_answer_without_bounds_is_cut_off() throws IOException {
        assertMaybeSent(LONG, connection -> {
            connection.read();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                connection.write("10000\r\n" + "x".repeat(0x10000) + "\r\n");
            }
        });
    }

    @Test
    void what_is_no_http_is_none() throws IOException {
        assertMaybeSent(LONG, connection -> {
            connection.read();
            connection.write("SSH-2.0-OpenSSH_9.9\r\n\r\n");
            connection.hang();
        });
    }

    // Answered

    @Test
    void a_connection_serves_many_posts() throws IOException {
        try (var server = MisbehavingServer.that(SolverClientTest::answerForEver);
                var client = client(server.uri(), LONG)) {
            for (int i = 0; i < 5; i++) {
                assertThat(post(client)).isEqualTo(new Reply.Answered(200, "OK|1", Optional.empty()));
            }
            assertThat(server.connections())
                    .as("a second one when a post comes before the first is free again")
                    .isLessThanOrEqualTo(2);
            assertThat(server.requests())
                    .hasSize(5)
                    .allSatisfy(request -> assertThat(request)
                            .startsWith("POST /in.php HTTP/1.1\r\n")
                            .contains("key=" + KEY.value(), "sitekey=0x4AAA"));
        }
    }

    @Test
    void a_server_that_closes_after_each_answer_is_met_with_new_connections() throws IOException {
        try (var server = MisbehavingServer.that(connection -> {
                    connection.read();
                    connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nOK|1");
                    connection.close();
                });
                var client = client(server.uri(), LONG)) {
            for (int i = 0; i < 3; i++) {
                assertThat(post(client)).isInstanceOf(Reply.Answered.class);
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void a_redirect_is_not_followed() throws IOException {
        try (var elsewhere = MisbehavingServer.that(SolverClientTest::answerForEver);
                var server = MisbehavingServer.that(connection -> {
                    connection.read();
                    connection.write("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + elsewhere.uri()
                            + "/in.php\r\nContent-Length: 0\r\n\r\n");
                })) {
            assertThat(post(server.uri(), LONG)).isEqualTo(new Reply.Answered(307, "", Optional.empty()));
            assertThat(ask(server.uri(), LONG)).isEqualTo(new Reply.Answered(307, "", Optional.empty()));
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void how_long_to_wait_is_read_from_the_header() throws IOException {
        try (var server = MisbehavingServer.that(connection -> {
            connection.read();
            connection.write("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");
        })) {
            assertThat(post(server.uri(), LONG))
                    .isEqualTo(new Reply.Answered(429, "", Optional.of(Duration.ofSeconds(7))));
        }
    }

    @Test
    void a_solver_that_echoes_the_key_is_not_quoted() throws IOException {
        try (var server = MisbehavingServer.that(connection -> {
            connection.read();
            connection.answer("{\"status\":0,\"request\":\"ERROR_X\",\"error_text\":\"key " + KEY.value() + "\"}");
        })) {
            assertThat(post(server.uri(), LONG))
                    .isInstanceOfSatisfying(
                            Reply.Answered.class,
                            answered -> assertThat(answered.body())
                                    .contains("key ***")
                                    .doesNotContain(KEY.value()));
        }
    }

    @Test
    void a_path_before_in_php_is_kept() throws IOException {
        try (var server = MisbehavingServer.that(SolverClientTest::answerForEver)) {
            post(URI.create(server.uri() + "/some/prefix/"), LONG);

            assertThat(server.requests()).singleElement().asString().startsWith("POST /some/prefix/in.php HTTP/1.1");
        }
    }

    @Test
    void res_php_is_asked_by_get_with_the_key_on_the_wire_and_nowhere_else() throws IOException {
        try (var server = MisbehavingServer.that(connection -> {
            connection.read();
            connection.hang();
        })) {
            var reply = ask(server.uri(), SHORT);

            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .startsWith("GET /res.php?key=" + KEY.value() + "&action=get2&id=1%2F2&json=1 HTTP/1.1");
            assertThat(reply).isInstanceOf(Reply.MaybeSent.class);
            secretsStay.search("the reply", reply.toString());
        }
    }

    @Test
    void res_php_that_cannot_be_reached_is_told_without_the_key() throws IOException {
        secretsStay.search(
                "the reply",
                ask(URI.create("http://127.0.0.1:" + FreePort.next()), LONG).toString());
        try (var hole = new BlackHole()) {
            secretsStay.search("the reply", ask(hole.uri(), SHORT).toString());
        }
    }

    private void assertMaybeSent(SolverClient.Timeouts timeouts, MisbehavingServer.Manners manners) throws IOException {
        try (var server = MisbehavingServer.that(manners)) {
            var reply = post(server.uri(), timeouts);

            assertThat(reply).isInstanceOf(Reply.MaybeSent.class);
            assertThat(server.requests()).as("posted once").hasSize(1);
            secretsStay.search("the reply", reply.toString());
        }
    }

    private Reply post(URI uri, SolverClient.Timeouts timeouts) {
        try (var client = client(uri, timeouts)) {
            return post(client);
        }
    }

    private static Reply post(SolverClient client) {
        return client.submit(
                Requests.admitted("turnstile", Requests.PARAMS), Optional.of("http://127.0.0.1/callback/t"));
    }

    private Reply ask(URI uri, SolverClient.Timeouts timeouts) {
        try (var client = client(uri, timeouts)) {
            return client.ask("get2", Map.of("id", "1/2"));
        }
    }

    private SolverClient client(URI uri, SolverClient.Timeouts timeouts) {
        return new SolverClient(vertx, uri, KEY, 8, timeouts);
    }

    private static void answerForEver(MisbehavingServer.Connection connection) throws IOException {
        while (true) {
            connection.read();
            connection.answer("OK|1");
        }
    }

    /// A port that takes no more connections: its queue is full and nobody accepts.
    private static final class BlackHole implements AutoCloseable {
        private final ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> queue = new ArrayList<>();

        BlackHole() throws IOException {
            var answers = true;
            while (answers) {
                var socket = new Socket();
                queue.add(socket);
                try {
                    socket.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 200);
                } catch (SocketTimeoutException e) {
                    answers = false;
                }
            }
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + full.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            full.close();
            for (var socket : queue) {
                socket.close();
            }
        }
    }
}
