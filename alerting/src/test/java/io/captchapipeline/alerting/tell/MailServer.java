package io.captchapipeline.alerting.tell;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.captchapipeline.broker.FreePort;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A real SMTP server at an address of its own, which may be down.
public final class MailServer implements AutoCloseable {
    private final int port = FreePort.next();
    private GreenMail server;

    /// A message as it arrived.
    public record Received(String subject, String id, String answers, List<String> to, List<String> bodies) {}

    private MailServer() {
        server = new GreenMail(setup());
    }

    public static MailServer down() {
        return new MailServer();
    }

    public static MailServer up() {
        var mail = new MailServer();
        mail.start();
        return mail;
    }

    public int port() {
        return port;
    }

    public void start() {
        server.start();
    }

    /// Only he who logs in so may send.
    public void onlyFor(String user, String password) {
        server.setUser("ops@example.com", user, password);
        server.getUserManager().setAuthRequired(true);
    }

    public List<Received> received() {
        return List.of(server.getReceivedMessages()).stream()
                .map(MailServer::received)
                .toList();
    }

    public List<String> subjects() {
        return received().stream().map(Received::subject).toList();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static Received received(MimeMessage message) {
        try {
            var bodies = new ArrayList<String>();
            var parts = (MimeMultipart) message.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart part = parts.getBodyPart(i);
                bodies.add(part.getContentType().replaceAll(";.*", "") + "\n" + part.getContent());
            }
            return new Received(
                    message.getSubject(),
                    message.getMessageID(),
                    message.getHeader("In-Reply-To", ","),
                    Arrays.stream(message.getAllRecipients())
                            .map(Object::toString)
                            .toList(),
                    bodies);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerSetup setup() {
        return new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    }
}
