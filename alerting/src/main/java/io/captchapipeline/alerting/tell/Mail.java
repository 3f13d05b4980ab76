package io.captchapipeline.alerting.tell;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends letters by SMTP: a connection a letter, since letters are rare. Every step has a time-out.
public final class Mail implements Channel {
    private static final Logger LOG = LoggerFactory.getLogger(Mail.class);

    private static final String PATIENCE_MS = "10000";
    private static final String UTF_8 = "UTF-8";

    private final MailSettings settings;
    private final InstantSource clock;
    private final Session session;

    public Mail(MailSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.session = Session.getInstance(properties(settings));
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public void tell(Letter letter) throws NotTold {
        try (var transport = session.getTransport()) {
            var message = message(letter);
            connect(transport);
            send(transport, message);
        } catch (AuthenticationFailedException e) {
            throw new NotTold("the mail server does not accept SMTP_USER and SMTP_PASSWORD");
        } catch (MessagingException e) {
            throw new NotTold("the mail server did not take it: " + e.getClass().getSimpleName());
        }
    }

    private void connect(Transport transport) throws MessagingException {
        transport.connect(
                settings.host(),
                settings.port(),
                settings.user().orElse(null),
                settings.password().map(password -> password.value()).orElse(null));
    }

    /// An address that the server refuses does not keep the letter from the others, nor does it come twice to them.
    private static void send(Transport transport, MimeMessage message) throws MessagingException {
        try {
            transport.sendMessage(message, message.getAllRecipients());
        } catch (SendFailedException e) {
            if (count(e.getValidSentAddresses()) == 0) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("refused", count(e.getInvalidAddresses()) + count(e.getValidUnsentAddresses()))
                    .log("The mail server refused some of the recipients");
        }
    }

    private MimeMessage message(Letter letter) throws MessagingException {
        var message = new WithId(session, messageId(letter.id()));
        message.setFrom(new InternetAddress(settings.from()));
        for (var to : letter.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
        }
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        if (letter.answers().isPresent()) {
            var first = messageId(letter.answers().get());
            message.setHeader("In-Reply-To", first);
            message.setHeader("References", first);
        }
        message.setContent(new MimeMultipart("alternative", part(letter.text(), "plain"), part(letter.html(), "html")));
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        return part;
    }

    private String messageId(String id) {
        var domain = settings.from().substring(settings.from().indexOf('@') + 1);
        return "<" + id + "@" + domain + ">";
    }

    private static int count(Address[] addresses) {
        return addresses == null ? 0 : addresses.length;
    }

    private static Properties properties(MailSettings settings) {
        var properties = new Properties();
        var protocol = switch (settings.tls()) {
            case TLS -> "smtps";
            case NONE, STARTTLS -> "smtp";
        };
        properties.setProperty("mail.transport.protocol", protocol);
        var prefix = "mail." + protocol + ".";
        properties.setProperty(prefix + "connectiontimeout", PATIENCE_MS);
        properties.setProperty(prefix + "timeout", PATIENCE_MS);
        properties.setProperty(prefix + "writetimeout", PATIENCE_MS);
        properties.setProperty(prefix + "sendpartial", "true");
        properties.setProperty(prefix + "auth", Boolean.toString(settings.user().isPresent()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        switch (settings.tls()) {
            case STARTTLS -> {
                properties.setProperty(prefix + "starttls.enable", "true");
                properties.setProperty(prefix + "starttls.required", "true");
            }
            case NONE, TLS -> {}
        }
        return properties;
    }

    /// Saving a message would give it an id of its own.
    private static final class WithId extends MimeMessage {
        private final String id;

        WithId(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
