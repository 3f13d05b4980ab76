package io.captchapipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditSettingsTest {
    private static final String KEY = "a key of more than 16 letters";

    @Test
    void defaults_are_what_the_reference_says() {
        var settings = read(Map.of("AUDIT_KEY", KEY));

        assertThat(settings.address()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8083);
        assertThat(settings.token()).isEmpty();
        assertThat(settings.databaseUrl().value()).isEqualTo("jdbc:sqlite:./data/audit.db");
        assertThat(settings.key().value()).isEqualTo(KEY);
        assertThat(settings.retention()).isEqualTo(Duration.ofDays(90));
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("./data"));
        assertThat(settings.topics())
                .contains(Topics.SUBMIT, Topics.SOLVED, Topics.DEAD_LETTERS, Topics.ALERTS)
                .doesNotContain(Topics.CLOCK, Topics.DELIVERY, Topics.CALLBACK_HEALTH, Topics.SOLVER_HEALTH);
    }

    @Test
    void every_setting_is_read() {
        var settings = read(Map.of(
                "AUDIT_KEY", KEY,
                "API_TOKEN", "a token of 16 letters and more",
                "BIND_ADDRESS", "10.0.0.1",
                "AUDIT_PORT", "18083",
                "AUDIT_DATABASE_URL", "jdbc:postgresql://db/audit",
                "AUDIT_RETENTION", "30d",
                "DATA_DIR", "/var/lib/captcha",
                "ROUTES", "login"));

        assertThat(settings.address()).isEqualTo("10.0.0.1");
        assertThat(settings.port()).isEqualTo(18083);
        assertThat(settings.token()).isPresent();
        assertThat(settings.databaseUrl().value()).isEqualTo("jdbc:postgresql://db/audit");
        assertThat(settings.retention()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("/var/lib/captcha"));
        assertThat(settings.topics()).extracting(Topic::name).contains("captcha-solved.login", "captcha-failed.login");
    }

    @Test
    void what_cannot_be_used_is_refused_all_at_once() {
        assertThatThrownBy(() -> read(Map.of("AUDIT_DATABASE_URL", "mysql://db", "AUDIT_RETENTION", "for ever")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContainingAll("AUDIT_KEY", "AUDIT_DATABASE_URL", "AUDIT_RETENTION");
    }

    private static AuditSettings read(Map<String, String> variables) {
        return AuditSettings.from(Settings.read(Environment.of(variables), List.of("audit-sink")));
    }
}
