package io.captchapipeline.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.alerting.figures.BookSettings;
import io.captchapipeline.alerting.judge.JudgeSettings;
import io.captchapipeline.alerting.judge.Thresholds;
import io.captchapipeline.alerting.tell.MailSettings;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.kit.settings.SmtpTls;
import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.Route;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertingSettingsTest {
    @Test
    void by_default_it_judges_as_documented_and_tells_nobody() {
        assertThat(read(Map.of()))
                .isEqualTo(new AlertingSettings(
                        "127.0.0.1",
                        8084,
                        Optional.empty(),
                        List.of(),
                        new BookSettings(
                                Duration.ofMinutes(5),
                                Duration.ofHours(1),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(65),
                                Duration.ofHours(24)),
                        new JudgeSettings(
                                6,
                                Duration.ofSeconds(10),
                                Duration.ofHours(4),
                                Optional.of(Duration.ofMinutes(15)),
                                new Thresholds(
                                        Duration.ofMinutes(5),
                                        0.05,
                                        100,
                                        Duration.ofSeconds(1),
                                        0.90,
                                        0.20,
                                        10,
                                        Optional.empty(),
                                        Duration.ofHours(1),
                                        Set.of())),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void every_setting_is_read() {
        var settings = read(Map.ofEntries(
                Map.entry("ALERTING_PORT", "18084"),
                Map.entry("API_TOKEN", "a token of some length"),
                Map.entry("ROUTES", "login"),
                Map.entry("TOPIC_PARTITIONS", "12"),
                Map.entry("DELIVERY_TIMEOUT", "1m"),
                Map.entry("DELIVERY_WINDOW", "2h"),
                Map.entry("DEDUP_RETENTION", "30h"),
                Map.entry("ALERT_INTERVAL", "1s"),
                Map.entry("ALERT_REPEAT", "1h"),
                Map.entry("ALERT_STALE_AFTER", "2m"),
                Map.entry("ALERT_ERROR_RATE", "0.1"),
                Map.entry("ALERT_ERROR_WINDOW", "50"),
                Map.entry("ALERT_P95", "500ms"),
                Map.entry("ALERT_DELIVERY_RATE", "0.8"),
                Map.entry("ALERT_FAILURE_RATE", "0.3"),
                Map.entry("ALERT_MIN_SAMPLES", "5"),
                Map.entry("ALERT_BALANCE", "2.5"),
                Map.entry("ALERT_DISABLED", "DeadLetters,LowBalance"),
                Map.entry("ALERT_PROBE_URL", "http://ingress:8080/health/callbacks"),
                Map.entry("FAILURE_DIGEST", "off"),
                Map.entry("FAILURE_EMAIL_TO", "dev@example.com"),
                Map.entry("ALERT_EMAIL_TO", "ops@example.com"),
                Map.entry("ALERT_EMAIL_FROM", "captcha@example.com"),
                Map.entry("SMTP_HOST", "mail.example.com"),
                Map.entry("SMTP_PORT", "2525"),
                Map.entry("SMTP_TLS", "tls"),
                Map.entry("SMTP_USER", "captcha"),
                Map.entry("SMTP_PASSWORD", "secret"),
                Map.entry("ALERT_WEBHOOK_URL", "https://hooks.example.com/x"),
                Map.entry("RUNBOOKS_URL", "https://wiki.example.com/runbooks")));

        assertThat(settings)
                .isEqualTo(new AlertingSettings(
                        "0.0.0.0",
                        18084,
                        Optional.of(new Secret("a token of some length")),
                        List.of(new Route("login")),
                        new BookSettings(
                                Duration.ofMinutes(1),
                                Duration.ofHours(2),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(121),
                                Duration.ofHours(30)),
                        new JudgeSettings(
                                12,
                                Duration.ofSeconds(1),
                                Duration.ofHours(1),
                                Optional.empty(),
                                new Thresholds(
                                        Duration.ofMinutes(2),
                                        0.1,
                                        50,
                                        Duration.ofMillis(500),
                                        0.8,
                                        0.3,
                                        5,
                                        Optional.of(2.5),
                                        Duration.ofHours(2),
                                        Set.of(AlertName.DEAD_LETTERS, AlertName.LOW_BALANCE))),
                        Optional.of(URI.create("http://ingress:8080/health/callbacks")),
                        Optional.of(new MailSettings(
                                "mail.example.com",
                                2525,
                                SmtpTls.TLS,
                                Optional.of("captcha"),
                                Optional.of(new Secret("secret")),
                                "captcha@example.com")),
                        List.of("ops@example.com"),
                        List.of("dev@example.com"),
                        Optional.of(new Secret("https://hooks.example.com/x")),
                        Optional.of(URI.create("https://wiki.example.com/runbooks"))));
    }

    @ParameterizedTest
    @CsvSource({", , NONE, 25", "ops, , STARTTLS, 587", "ops, none, NONE, 25", ", tls, TLS, 465"})
    void a_password_does_not_travel_in_the_clear_unless_that_is_said(
            String user, String tls, SmtpTls expected, int port) {
        var environment = new HashMap<>(Map.of("SMTP_HOST", "mail", "ALERT_EMAIL_TO", "ops@example.com"));
        if (user != null) {
            environment.put("SMTP_USER", user);
        }
        if (tls != null) {
            environment.put("SMTP_TLS", tls);
        }
        var mail = read(environment).mail().orElseThrow();

        assertThat(mail.tls()).isEqualTo(expected);
        assertThat(mail.port()).isEqualTo(port);
        assertThat(mail.from()).isEqualTo("ops@example.com");
    }

    @Test
    void without_a_recipient_there_is_no_mail() {
        assertThat(read(Map.of("SMTP_HOST", "mail.example.com")).mail()).isEmpty();
    }

    @Test
    void what_cannot_be_used_is_refused_all_at_once() {
        assertThatThrownBy(() ->
                        read(Map.of("ALERT_ERROR_RATE", "5", "ALERT_PROBE_URL", "nowhere", "FAILURE_DIGEST", "0s")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContainingAll("ALERT_ERROR_RATE", "ALERT_PROBE_URL", "FAILURE_DIGEST");
    }

    @Test
    void an_alert_that_does_not_exist_cannot_be_switched_off() {
        assertThatThrownBy(() -> read(Map.of("ALERT_DISABLED", "DeadLetters,NiceWeather")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContainingAll("ALERT_DISABLED", "NiceWeather", "StaleCallbacks");
    }

    private static AlertingSettings read(Map<String, String> variables) {
        return AlertingSettings.from(Settings.read(Environment.of(variables), List.of("alerting")));
    }
}
