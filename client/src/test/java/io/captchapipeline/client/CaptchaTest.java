package io.captchapipeline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.schemas.event.InvalidEvent;
import io.captchapipeline.schemas.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptchaTest {
    private static final String PAGE = "https://example.com";

    static Stream<Arguments> factories() {
        return Stream.of(
                Arguments.of(Captcha.recaptchaV2("k", PAGE).invisible().enterprise(), """
                        {"method":"userrecaptcha","params":{"googlekey":"k","pageurl":"https://example.com","invisible":"1","enterprise":"1"}}"""),
                Arguments.of(Captcha.recaptchaV3("k", PAGE, "verify").minScore(0.3), """
                        {"method":"userrecaptcha","params":{"googlekey":"k","pageurl":"https://example.com","version":"v3","action":"verify","min_score":"0.3"}}"""),
                Arguments.of(Captcha.turnstile("k", PAGE).action("login"), """
                        {"method":"turnstile","params":{"sitekey":"k","pageurl":"https://example.com","action":"login"}}"""),
                Arguments.of(Captcha.cloudflareChallenge(PAGE, "HTTP", "1.2.3.4:8080", "Mozilla/5.0"), """
                        {"method":"cloudflare_challenge","params":{"pageurl":"https://example.com","proxytype":"HTTP","proxy":"1.2.3.4:8080","userAgent":"Mozilla/5.0"}}"""),
                Arguments.of(Captcha.geetest("g", "c", PAGE), """
                        {"method":"geetest","params":{"gt":"g","challenge":"c","pageurl":"https://example.com"}}"""),
                Arguments.of(Captcha.geetestV4("g", PAGE), """
                        {"method":"geetest","params":{"gt":"g","version":"4","pageurl":"https://example.com"}}"""),
                Arguments.of(Captcha.hcaptcha("k", PAGE), """
                        {"method":"hcaptcha","params":{"sitekey":"k","pageurl":"https://example.com"}}"""),
                Arguments.of(Captcha.image(new byte[] {1, 2, 3}), """
                        {"method":"base64","params":{"body":"AQID"}}"""));
    }

    @ParameterizedTest
    @MethodSource("factories")
    void a_factory_says_it_in_the_solvers_words(Captcha captcha, String json) {
        assertThat(json(captcha)).isEqualTo(json);
    }

    @Test
    void whatever_else_the_solver_knows_goes_through() {
        var captcha = Captcha.of("funcaptcha")
                .with("publickey", "p")
                .with("data[blob]", "b")
                .requestId("r-1")
                .route("login")
                .timeout(Duration.ofMinutes(3))
                .maxAttempts(1)
                .metadata("job", "42");

        assertThat(json(captcha)).isEqualTo("""
                        {"request_id":"r-1","method":"funcaptcha","params":{"publickey":"p","data[blob]":"b"},"route":"login",\
                        "timeout_seconds":180,"max_attempts":1,"metadata":{"job":"42"}}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "pingback", "json", "soft_id"})
    void what_the_pipeline_says_itself_is_refused_by_name(String name) {
        assertThatThrownBy(() -> Captcha.of("turnstile").with(name, "a secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " ")
                .hasMessageNotContaining("a secret");
    }

    @Test
    void what_cannot_be_a_request_is_refused_where_it_is_said() {
        assertThatThrownBy(() -> Captcha.of("turnstile").route("No Such Form")).isInstanceOf(InvalidEvent.class);
        assertThatThrownBy(() -> Captcha.of("turnstile").timeout(Duration.ofMillis(999)))
                .isInstanceOf(InvalidEvent.class);
        assertThatThrownBy(() -> Captcha.of("turnstile").maxAttempts(6)).isInstanceOf(InvalidEvent.class);
    }

    @Test
    void it_prints_no_value() {
        var captcha = Captcha.turnstile("k", PAGE).proxy("HTTP", "user:password@1.2.3.4:8080");

        assertThat(captcha).hasToString("Captcha[turnstile [sitekey, pageurl, proxytype, proxy]]");
    }

    @Test
    void saying_more_leaves_the_one_before_as_it_was() {
        var one = Captcha.turnstile("k", PAGE);

        var other = one.route("login").with("action", "a");

        assertThat(json(one)).doesNotContain("login", "action");
        assertThat(json(other)).contains("login", "action");
    }

    private static String json(Captcha captcha) {
        return new String(Wire.encode(captcha.request()), StandardCharsets.UTF_8);
    }
}
