package io.captchapipeline.alerting.tell;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Takes each connection, says the beginning of an answer, or nothing, and then nothing more.
public final class SilentServer implements AutoCloseable {
    private final List<Socket> taken = new ArrayList<>();
    private final ServerSocket server;
    private final String said;

    private SilentServer(String said) throws IOException {
        this.said = said;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::run);
    }

    public static SilentServer afterNothing() throws IOException {
        return new SilentServer("");
    }

    public static SilentServer afterHeaders() throws IOException {
        return new SilentServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    private void run() {
        try {
            while (true) {
                var socket = server.accept();
                taken.add(socket);
                socket.getOutputStream().write(said.getBytes(US_ASCII));
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : taken) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
