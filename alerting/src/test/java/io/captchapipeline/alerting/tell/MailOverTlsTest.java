package io.captchapipeline.alerting.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.captchapipeline.kit.settings.SmtpTls;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A mail server behind TLS, which is trusted as the process trusts others: by its default.
@Timeout(60)
class MailOverTlsTest {
    private static final String OPS = "ops@example.com";

    private static SSLContext before;
    private static SSLContext ofServer;

    private final MailServer server = MailServer.up();

    @BeforeAll
    static void trust(@TempDir Path directory) throws Exception {
        before = SSLContext.getDefault();
        var certificate = Certificate.in(directory);
        ofServer = certificate.ofServer();
        SSLContext.setDefault(certificate.ofClient());
    }

    @AfterAll
    static void trustOthersAgain() {
        SSLContext.setDefault(before);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_letter_travels_by_tls_from_the_first_byte() throws Exception {
        try (var gate = MailGate.behindTls(server, ofServer)) {
            mail("localhost", gate, SmtpTls.TLS).tell(letter(OPS));

            assertThat(server.received()).hasSize(1);
            assertThat(gate.saidInTheClear()).isEmpty();
        }
    }

    @Test
    void starttls_comes_before_the_letter() throws Exception {
        try (var gate = MailGate.offeringStartTls(server, ofServer)) {
            mail("localhost", gate, SmtpTls.STARTTLS).tell(letter(OPS));

            assertThat(server.received()).hasSize(1);
            assertThat(gate.saidInTheClear()).containsExactly("EHLO", "STARTTLS");
        }
    }

    @Test
    void a_server_of_another_name_than_its_certificate_gets_nothing() throws Exception {
        try (var tls = MailGate.behindTls(server, ofServer);
                var startTls = MailGate.offeringStartTls(server, ofServer)) {
            assertThatExceptionOfType(NotTold.class)
                    .isThrownBy(() -> mail("127.0.0.1", tls, SmtpTls.TLS).tell(letter(OPS)));
            assertThatExceptionOfType(NotTold.class)
                    .isThrownBy(
                            () -> mail("127.0.0.1", startTls, SmtpTls.STARTTLS).tell(letter(OPS)));

            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    void a_recipient_that_is_refused_keeps_the_letter_from_no_other() throws Exception {
        try (var gate = MailGate.behindTls(server, ofServer)) {
            mail("localhost", gate, SmtpTls.TLS).tell(letter(MailGate.REFUSED, OPS));

            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void a_letter_that_nobody_may_have_is_not_told() throws Exception {
        try (var gate = MailGate.behindTls(server, ofServer)) {
            assertThatExceptionOfType(NotTold.class)
                    .isThrownBy(() -> mail("localhost", gate, SmtpTls.TLS).tell(letter(MailGate.REFUSED)));
            assertThat(server.received()).isEmpty();
        }
    }

    private static Mail mail(String host, MailGate gate, SmtpTls tls) {
        return new Mail(
                new MailSettings(host, gate.port(), tls, Optional.empty(), Optional.empty(), "captcha@example.com"),
                Clock.systemUTC());
    }

    private static Letter letter(String... to) {
        return new Letter(
                "a", Optional.empty(), List.of(to), "[captcha] RESOLVED DeadLetters", "the text", "<p>the text</p>");
    }
}
