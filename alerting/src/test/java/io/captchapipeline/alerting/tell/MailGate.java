package io.captchapipeline.alerting.tell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/// Stands before a mail server and adds what that one has not: TLS, STARTTLS, recipients that it refuses.
final class MailGate implements AutoCloseable {
    static final String REFUSED = "nobody@example.com";

    private final List<String> saidInTheClear = new CopyOnWriteArrayList<>();
    private final ServerSocket gate;
    private final int behind;
    private final SSLContext tls;
    private final boolean fromTheStart;

    private MailGate(MailServer server, SSLContext tls, boolean fromTheStart) throws IOException {
        this.gate = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.behind = server.port();
        this.tls = tls;
        this.fromTheStart = fromTheStart;
        Thread.ofVirtual().start(this::run);
    }

    static MailGate offeringStartTls(MailServer server, SSLContext tls) throws IOException {
        return new MailGate(server, tls, false);
    }

    static MailGate behindTls(MailServer server, SSLContext tls) throws IOException {
        return new MailGate(server, tls, true);
    }

    int port() {
        return gate.getLocalPort();
    }

    /// The commands that whoever listens to the wire can read.
    List<String> saidInTheClear() {
        return saidInTheClear;
    }

    @Override
    public void close() {
        try {
            gate.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        try {
            while (true) {
                serve(gate.accept());
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket;
                var inner = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            var server = new Side(inner);
            var client = fromTheStart ? secured(socket) : new Side(socket);
            boolean isSecure = fromTheStart;
            client.say(server.reply());
            for (var line = client.line(); line != null; line = client.line()) {
                var command = line.toUpperCase(Locale.ROOT);
                if (!isSecure) {
                    saidInTheClear.add(command.split(" ")[0]);
                }
                if (command.equals("STARTTLS")) {
                    client.say("220 go on\r\n");
                    client = secured(socket);
                    isSecure = true;
                } else if (command.startsWith("RCPT TO:<" + REFUSED.toUpperCase(Locale.ROOT))) {
                    client.say("550 no such user\r\n");
                } else {
                    passOn(line, client, server, !isSecure && command.startsWith("EHLO"));
                }
            }
        } catch (IOException e) {
            // whoever called hung up
        }
    }

    private static void passOn(String line, Side client, Side server, boolean offersStartTls) throws IOException {
        server.say(line + "\r\n");
        var reply = server.reply();
        client.say((offersStartTls ? "250-gate\r\n250-STARTTLS\r\n" : "") + reply);
        if (reply.startsWith("354")) {
            var text = client.line();
            while (text != null && !text.equals(".")) {
                server.say(text + "\r\n");
                text = client.line();
            }
            server.say(".\r\n");
            client.say(server.reply());
        }
    }

    private Side secured(Socket socket) throws IOException {
        return new Side(tls.getSocketFactory().createSocket(socket, null, false));
    }

    /// One of the two ends of the talk.
    private static final class Side {
        private final BufferedReader reader;
        private final Socket socket;

        Side(Socket socket) throws IOException {
            this.socket = socket;
            this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        }

        String line() throws IOException {
            return reader.readLine();
        }

        /// All lines of it.
        String reply() throws IOException {
            var all = new StringBuilder();
            for (var line = line(); line != null; line = line()) {
                all.append(line).append("\r\n");
                if (line.length() < 4 || line.charAt(3) != '-') {
                    return all.toString();
                }
            }
            throw new IOException("hung up");
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        }
    }
}
