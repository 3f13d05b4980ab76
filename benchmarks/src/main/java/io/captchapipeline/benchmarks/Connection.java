package io.captchapipeline.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/// A connection to an HTTP server that is kept: one GET after the other, at the least that a client can cost. It knows
/// no more of HTTP than what our servers answer with: a status, and a body of a length they say.
final class Connection implements AutoCloseable {
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LENGTH = "\r\ncontent-length:";
    private static final int PATIENCE_MS = 60_000;

    private final Socket socket;
    private final byte[] read = new byte[LONGEST_HEAD];

    private Connection(Socket socket) {
        this.socket = socket;
    }

    static Connection to(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        return new Connection(socket);
    }

    /// Returns the status when the whole answer was read.
    int get(String target) throws IOException {
        socket.getOutputStream().write(("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(ISO_8859_1));
        int length = 0;
        int end = -1;
        while (end < 0) {
            length += more(read, length);
            end = new String(read, 0, length, ISO_8859_1).indexOf(END_OF_HEAD);
        }
        var head = new String(read, 0, end, ISO_8859_1);
        int body = length(head) - (length - end - END_OF_HEAD.length());
        if (body > 0) {
            socket.getInputStream().skipNBytes(body);
        }
        return Integer.parseInt(head.substring(head.indexOf(' ') + 1).substring(0, 3));
    }

    private int more(byte[] into, int from) throws IOException {
        int more = from == into.length ? -1 : socket.getInputStream().read(into, from, into.length - from);
        if (more < 0) {
            throw new EOFException("no whole answer");
        }
        return more;
    }

    private static int length(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int end = head.indexOf('\r', at + LENGTH.length());
        return Integer.parseInt(head.substring(at + LENGTH.length(), end < 0 ? head.length() : end)
                .strip());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
