package io.captchapipeline.systemtests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/// A connection on which anything can be said, such as no HTTP client would.
final class Raw implements AutoCloseable {
    /// What an answer is when there is none, but the connection ends.
    static final int CLOSED = 0;

    private static final int PATIENCE_MS = 60_000;

    private final Socket socket;

    private Raw(Socket socket) {
        this.socket = socket;
    }

    static Raw to(int port) throws IOException {
        var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(PATIENCE_MS);
        return new Raw(socket);
    }

    /// What is answered first to all of it.
    static int status(int port, String request) throws IOException {
        try (var raw = to(port)) {
            raw.say(request);
            return raw.status();
        } catch (SocketException _) {
            return CLOSED;
        }
    }

    void say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    int status() throws IOException {
        try {
            var line = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '\n';
                    c = socket.getInputStream().read()) {
                line.append((char) c);
            }
            return line.isEmpty() ? CLOSED : Integer.parseInt(line.toString().split(" ")[1]);
        } catch (SocketException _) {
            return CLOSED;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
