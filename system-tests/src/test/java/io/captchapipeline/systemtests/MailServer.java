package io.captchapipeline.systemtests;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.captchapipeline.broker.FreePort;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/// A real SMTP server that keeps what it was given.
final class MailServer implements AutoCloseable {
    private final int port = FreePort.next();
    private final GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    /// @param raw the message as it stands on the wire
    record Received(String subject, String id, String raw) {}

    private MailServer() {
        server.setUser("ops@example.com", "captcha", Settings.MAIL_PASSWORD);
        server.start();
    }

    static MailServer start() {
        return new MailServer();
    }

    int port() {
        return port;
    }

    List<Received> received() {
        return Arrays.stream(server.getReceivedMessages())
                .map(MailServer::received)
                .toList();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static Received received(MimeMessage message) {
        try (var raw = new ByteArrayOutputStream()) {
            message.writeTo(raw);
            return new Received(
                    message.getSubject(),
                    message.getMessageID(),
                    raw.toString(java.nio.charset.StandardCharsets.UTF_8));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
