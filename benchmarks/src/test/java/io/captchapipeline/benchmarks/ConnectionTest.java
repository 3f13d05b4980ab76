package io.captchapipeline.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void an_answer_is_read_to_its_end_in_whatever_pieces_it_comes() throws IOException {
        answer(
                "HTTP/1.1 200 OK\r\nContent-Le",
                "ngth: 5\r\n\r",
                "\nta",
                "ken",
                "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nServer: x\r\n\r\n",
                "HTTP/1.1 503 Service Unavailable\r\n\r\n");
        try (var connection = Connection.to(server.getLocalPort())) {
            assertThat(connection.get("/a")).isEqualTo(200);
            assertThat(connection.get("/b")).isEqualTo(404);
            assertThat(connection.get("/c")).isEqualTo(503);
        }
    }

    @Test
    void half_an_answer_is_none() throws IOException {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ntaken");
        try (var connection = Connection.to(server.getLocalPort())) {
            assertThatThrownBy(() -> connection.get("/a")).isInstanceOf(EOFException.class);
        }
    }

    /// To whatever is asked, a little apart, and then closes.
    private void answer(String... pieces) {
        Thread.ofVirtual().start(() -> {
            try (var socket = server.accept()) {
                for (var piece : pieces) {
                    if (piece.startsWith("HTTP")) {
                        awaitRequest(socket.getInputStream());
                    }
                    socket.getOutputStream().write(piece.getBytes(ISO_8859_1));
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void awaitRequest(InputStream in) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("nobody asks");
            }
            read.append((char) next);
        }
    }
}
