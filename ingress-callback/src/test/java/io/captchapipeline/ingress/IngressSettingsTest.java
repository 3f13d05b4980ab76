package io.captchapipeline.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IngressSettingsTest {
    @Test
    void defaults_are_what_the_reference_says() {
        var settings = read(Map.of("CALLBACK_SECRET", TestIngress.SECRET));

        assertThat(settings.address()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.secrets()).containsExactly(new Secret(TestIngress.SECRET));
        assertThat(settings.open()).isFalse();
        assertThat(settings.allowed()).isEmpty();
        assertThat(settings.trustedProxies()).isEmpty();
        assertThat(settings.idPattern().pattern()).isEqualTo("[0-9]{1,32}");
        assertThat(settings.ackTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.wholeWithin()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.staleAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.verification()).isEmpty();
    }

    @Test
    void every_setting_is_read() {
        var settings = read(Map.of(
                "CALLBACK_SECRET", "new secret of 16 letters,old secret of 16 letters",
                "BIND_ADDRESS", "127.0.0.1",
                "INGRESS_PORT", "18080",
                "CALLBACK_OPEN", "true",
                "CALLBACK_ALLOWED_IPS", "203.0.113.0/24,2001:db8::1",
                "CALLBACK_TRUSTED_PROXIES", "10.0.0.0/8",
                "CALLBACK_ID_PATTERN", "[a-f0-9-]{36}",
                "CALLBACK_ACK_TIMEOUT", "500ms",
                "ALERT_STALE_AFTER", "1m",
                "CALLBACK_VERIFICATION", "verify-me"));

        assertThat(settings.address()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(18080);
        assertThat(settings.secretTexts()).isEqualTo(List.of("new secret of 16 letters", "old secret of 16 letters"));
        assertThat(settings.open()).isTrue();
        assertThat(settings.allowed()).hasSize(2);
        assertThat(settings.trustedProxies()).hasSize(1);
        assertThat(settings.idPattern().pattern()).isEqualTo("[a-f0-9-]{36}");
        assertThat(settings.ackTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.staleAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.verification()).isEqualTo(Optional.of("verify-me"));
    }

    @Test
    void what_cannot_be_used_is_refused_all_at_once() {
        assertThatThrownBy(() -> read(Map.of("INGRESS_PORT", "70000", "CALLBACK_ALLOWED_IPS", "everybody")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContainingAll("INGRESS_PORT", "CALLBACK_ALLOWED_IPS", "CALLBACK_SECRET");
    }

    @Test
    void an_acknowledgement_may_not_take_longer_than_a_request() {
        assertThatThrownBy(() -> read(Map.of("CALLBACK_SECRET", TestIngress.SECRET, "CALLBACK_ACK_TIMEOUT", "30s")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("CALLBACK_ACK_TIMEOUT");
    }

    private static IngressSettings read(Map<String, String> variables) {
        return IngressSettings.from(Settings.read(Environment.of(variables), List.of("ingress-callback")));
    }
}
