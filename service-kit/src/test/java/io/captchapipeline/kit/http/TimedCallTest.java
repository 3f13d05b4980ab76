package io.captchapipeline.kit.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TimedCallTest {
    private static final String HEADERS = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

    private final HttpClient client = HttpClient.newHttpClient();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        client.shutdownNow();
    }

    @Test
    void a_whole_answer_is_an_answer() throws Exception {
        says(HEADERS + "hello");

        assertThat(call(Duration.ofSeconds(10))).isEqualTo("hello");
    }

    @Test
    void a_body_that_stalls_is_not_waited_for() {
        says(HEADERS + "hel");

        assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> call(Duration.ofMillis(200)));
    }

    @Test
    void nobody_who_never_answers_is_waited_for() {
        assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> call(Duration.ofMillis(200)));
    }

    @Test
    void who_refuses_is_told_from_who_is_silent() throws IOException {
        server.close();

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> call(Duration.ofSeconds(10)));
    }

    /// To the one who connects, whose connection stays open.
    private void says(String text) {
        Thread.ofVirtual().start(() -> {
            try {
                server.accept().getOutputStream().write(text.getBytes(US_ASCII));
            } catch (IOException e) {
                // closed
            }
        });
    }

    private String call(Duration patience) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"))
                .build();
        return TimedCall.send(client, request, HttpResponse.BodyHandlers.ofString(), patience)
                .body();
    }
}
