package io.captchapipeline.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.router.ledger.PollRules;
import io.captchapipeline.schemas.event.Route;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterSettingsTest {
    @Test
    void defaults_are_what_the_reference_says() {
        var settings = read(Map.of());

        assertThat(settings.address()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8082);
        assertThat(settings.advertised()).isEqualTo(URI.create("http://127.0.0.1:8082"));
        assertThat(settings.token()).isEmpty();
        assertThat(settings.partitions()).isEqualTo(6);
        assertThat(settings.routes()).isEmpty();
        assertThat(settings.dedupRetention()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.rules().requestTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.rules().attemptTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.rules().polls()).isEqualTo(new PollRules(null, Duration.ofSeconds(5), 20, false));
        assertThat(settings.rules().tokenLife().of("turnstile")).contains(Duration.ofMinutes(2));
        assertThat(settings.rules().tokenLife().of("image")).isEmpty();
    }

    @Test
    void every_setting_is_read() {
        var settings = read(Map.ofEntries(
                Map.entry("BIND_ADDRESS", "127.0.0.2"),
                Map.entry("RESULTS_PORT", "18082"),
                Map.entry("ADVERTISED_URL", "https://router-1:8443"),
                Map.entry("API_TOKEN", "a token of the tests"),
                Map.entry("TOPIC_PARTITIONS", "12"),
                Map.entry("ROUTES", "login,checkout"),
                Map.entry("DEDUP_RETENTION", "48h"),
                Map.entry("REQUEST_TIMEOUT", "100s"),
                Map.entry("ATTEMPT_TIMEOUT", "50s"),
                Map.entry("CALLBACK_URL", "https://example.com/callback"),
                Map.entry("POLL_AFTER", "40s"),
                Map.entry("POLL_INTERVAL", "3s"),
                Map.entry("POLL_MAX", "7"),
                Map.entry("TOKEN_LIFE", "60s")));

        assertThat(settings.address()).isEqualTo("127.0.0.2");
        assertThat(settings.port()).isEqualTo(18082);
        assertThat(settings.advertised()).isEqualTo(URI.create("https://router-1:8443"));
        assertThat(settings.token()).isEqualTo(Optional.of(new Secret("a token of the tests")));
        assertThat(settings.partitions()).isEqualTo(12);
        assertThat(settings.routes()).containsExactlyInAnyOrder(new Route("login"), new Route("checkout"));
        assertThat(settings.dedupRetention()).isEqualTo(Duration.ofDays(2));
        assertThat(settings.rules().requestTimeout()).isEqualTo(Duration.ofSeconds(100));
        assertThat(settings.rules().attemptTimeout()).isEqualTo(Duration.ofSeconds(50));
        assertThat(settings.rules().polls())
                .isEqualTo(new PollRules(Duration.ofSeconds(40), Duration.ofSeconds(3), 7, true));
        assertThat(settings.rules().tokenLife().of("image")).contains(Duration.ofMinutes(1));
    }

    @Test
    void without_a_token_nobody_but_this_machine_is_listened_to() {
        assertThat(read(Map.of()).address()).isEqualTo("127.0.0.1");
    }

    @Test
    void an_address_to_be_reached_at_has_a_port() {
        assertThatThrownBy(() -> read(Map.of("ADVERTISED_URL", "http://router-1")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("ADVERTISED_URL");
    }

    private static RouterSettings read(Map<String, String> variables) {
        return RouterSettings.from(Settings.read(Environment.of(variables), List.of("result-router")));
    }
}
