package io.captchapipeline.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Rate;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmitterSettingsTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> LEAST =
            Map.of("CAPTCHAAI_API_KEY", KEY, "CALLBACK_SECRET", "a secret of at least 16 characters");

    @Test
    void defaults_are_what_the_reference_says() {
        var settings = read(LEAST);

        assertThat(settings.solver()).isEqualTo(URI.create("https://ocr.captchaai.com"));
        assertThat(settings.key()).isEqualTo(new Secret(KEY));
        assertThat(settings.callbackUrl()).isEmpty();
        assertThat(settings.callbackSecrets()).containsExactly(new Secret("a secret of at least 16 characters"));
        assertThat(settings.ticketLife()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.rate()).isEqualTo(new Rate(10, Duration.ofSeconds(1)));
        assertThat(settings.concurrency()).isEqualTo(32);
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.mostPolls()).isEqualTo(20);
        assertThat(settings.timeouts())
                .isEqualTo(new SolverClient.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20)));
        assertThat(settings.times()).isEqualTo(new AccountWatch.Times(Duration.ofSeconds(60), Duration.ofSeconds(5)));
        assertThat(settings.probeEvery()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void every_setting_is_read() {
        var settings = read(Map.of(
                "CAPTCHAAI_API_KEY", KEY,
                "CAPTCHAAI_URL", "http://127.0.0.1:8090",
                "CALLBACK_URL", "https://example.com/callback",
                "CALLBACK_SECRET", "new secret of 16 letters,old secret of 16 letters",
                "TICKET_TTL", "2h",
                "SUBMIT_RATE", "300/m",
                "SUBMIT_CONCURRENCY", "7",
                "POLL_INTERVAL", "3s",
                "POLL_MAX", "4"));

        assertThat(settings.solver()).isEqualTo(URI.create("http://127.0.0.1:8090"));
        assertThat(settings.callbackUrl()).isEqualTo(Optional.of(URI.create("https://example.com/callback")));
        assertThat(settings.callbackSecrets())
                .isEqualTo(List.of(new Secret("new secret of 16 letters"), new Secret("old secret of 16 letters")));
        assertThat(settings.ticketLife()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.rate().perSecond()).isEqualTo(5.0);
        assertThat(settings.concurrency()).isEqualTo(7);
        assertThat(settings.polls()).isEqualTo(new Polls.Limits(Duration.ofSeconds(3), 4, 32));
    }

    @Test
    void without_an_api_key_nothing_starts() {
        assertThatThrownBy(() -> read(Map.of("CALLBACK_SECRET", "a secret of at least 16 characters")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("CAPTCHAAI_API_KEY is missing");
    }

    @Test
    void what_cannot_be_used_is_refused_all_at_once() {
        assertThatThrownBy(() ->
                        read(Map.of("CAPTCHAAI_URL", "ftp://solver", "SUBMIT_RATE", "fast", "SUBMIT_CONCURRENCY", "0")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContainingAll("CAPTCHAAI_URL", "SUBMIT_RATE", "SUBMIT_CONCURRENCY", "CALLBACK_SECRET");
    }

    @Test
    void an_accounts_name_is_the_same_after_a_restart_and_not_its_key() {
        var name = read(LEAST).account();

        assertThat(read(LEAST).account()).isEqualTo(name);
        assertThat(name.value()).matches("ocr\\.captchaai\\.com-[0-9a-f]{10}").doesNotContain(KEY.substring(0, 8));
        assertThat(read(with("CAPTCHAAI_API_KEY", "f".repeat(32))).account()).isNotEqualTo(name);
        assertThat(read(with("CAPTCHAAI_URL", "https://2captcha.com")).account())
                .isNotEqualTo(name);
    }

    @Test
    void they_print_no_secret() {
        assertThat(read(LEAST).toString()).doesNotContain(KEY, "a secret of");
    }

    private static Map<String, String> with(String name, String value) {
        var variables = new HashMap<>(LEAST);
        variables.put(name, value);
        return variables;
    }

    private static SubmitterSettings read(Map<String, String> variables) {
        return SubmitterSettings.from(Settings.read(Environment.of(variables), List.of("solver-submitter")));
    }
}
