package io.captchapipeline.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 by hand, so that a request can be as wrong as a test wants it.
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;

    private final Socket socket;
    private final InputStream in;

    RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// An answer; header names in lower case.
    record Answer(int status, Map<String, String> headers, String body) {}

    static Answer once(int port, String request) throws IOException {
        try (var http = new RawHttp(port)) {
            http.send(request);
            var answer = http.answer();
            if (answer == null) {
                throw new IOException("the connection was closed without an answer");
            }
            return answer;
        }
    }

    static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n";
    }

    static String post(String target, String contentType, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: test\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.getBytes(ISO_8859_1).length + "\r\n\r\n" + body;
    }

    /// Characters are bytes.
    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    void finishSending() throws IOException {
        socket.shutdownOutput();
    }

    /// Null when the other side has closed.
    @Nullable
    Answer answer() throws IOException {
        var first = line();
        if (first == null) {
            return null;
        }
        var headers = new TreeMap<String, String>();
        for (var line = line(); line != null && !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Answer(
                Integer.parseInt(first.split(" ")[1]), headers, new String(in.readNBytes(length), ISO_8859_1));
    }

    private @Nullable String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
