package io.captchapipeline.alerting.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.settings.SmtpTls;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailTest {
    private static final String PASSWORD = "a password nobody may see";

    @Test
    void a_letter_arrives_with_its_id_its_thread_and_both_forms() throws NotTold {
        try (var server = MailServer.up()) {
            mail(server, SmtpTls.NONE, Optional.empty()).tell(letter("b", Optional.of("a")));

            assertThat(server.received()).singleElement().satisfies(mail -> {
                assertThat(mail.subject()).isEqualTo("[captcha] FIRING critical EndpointDown");
                assertThat(mail.id()).isEqualTo("<b@example.com>");
                assertThat(mail.answers()).isEqualTo("<a@example.com>");
                assertThat(mail.bodies()).hasSize(2);
                assertThat(mail.bodies().get(0)).startsWith("text/plain").contains("the text");
                assertThat(mail.bodies().get(1)).startsWith("text/html").contains("<p>the text</p>");
            });
        }
    }

    @Test
    void it_logs_in_where_it_has_to() throws NotTold {
        try (var server = MailServer.up()) {
            server.onlyFor("ops", PASSWORD);
            mail(server, SmtpTls.NONE, Optional.of(PASSWORD)).tell(letter("a", Optional.empty()));

            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void what_went_wrong_names_neither_password_nor_address() {
        try (var server = MailServer.up()) {
            server.onlyFor("ops", PASSWORD);
            var wrong = PASSWORD + "!";

            assertThatThrownBy(
                            () -> mail(server, SmtpTls.NONE, Optional.of(wrong)).tell(letter("a", Optional.empty())))
                    .isInstanceOf(NotTold.class)
                    .hasMessageContaining("SMTP_PASSWORD")
                    .hasMessageNotContaining(wrong)
                    .hasNoCause();
        }
    }

    @Test
    void nothing_is_sent_in_the_clear_where_starttls_is_wanted() {
        try (var server = MailServer.up()) {
            assertThatThrownBy(() ->
                            mail(server, SmtpTls.STARTTLS, Optional.empty()).tell(letter("a", Optional.empty())))
                    .isInstanceOf(NotTold.class);
            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    void a_server_that_is_down_did_not_take_it() {
        try (var server = MailServer.down()) {
            assertThatThrownBy(
                            () -> mail(server, SmtpTls.NONE, Optional.empty()).tell(letter("a", Optional.empty())))
                    .isInstanceOf(NotTold.class);
        }
    }

    private static Mail mail(MailServer server, SmtpTls tls, Optional<String> password) {
        return new Mail(
                new MailSettings(
                        "127.0.0.1",
                        server.port(),
                        tls,
                        password.map(_ -> "ops"),
                        password.map(Secret::new),
                        "captcha@example.com"),
                Clock.systemUTC());
    }

    private static Letter letter(String id, Optional<String> answers) {
        return new Letter(
                id,
                answers,
                List.of("ops@example.com"),
                "[captcha] FIRING critical EndpointDown",
                "the text",
                "<p>the text</p>");
    }
}
