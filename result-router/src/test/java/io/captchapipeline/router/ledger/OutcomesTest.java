package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.settings.ByMethod;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTest {
    @Test
    void a_token_expires_by_the_life_of_its_method() {
        assertThat(expiry("userrecaptcha", Events.RULES.tokenLife())).isEqualTo(Events.T0.plusSeconds(120));
    }

    @ParameterizedTest
    @ValueSource(strings = {"post", "base64", "bls", "text", "textcaptcha"})
    void the_answer_to_an_image_or_a_text_does_not_expire(String method) {
        assertThat(expiry(method, Events.RULES.tokenLife())).isNull();
    }

    @Test
    void an_unknown_method_is_taken_for_a_token() {
        assertThat(expiry("brand_new", Events.RULES.tokenLife())).isEqualTo(Events.T0.plusSeconds(120));
        assertThat(expiry(null, Events.RULES.tokenLife())).isEqualTo(Events.T0.plusSeconds(120));
    }

    @Test
    void a_method_that_the_setting_names_goes_before_its_family() {
        var life = new ByMethod(
                Optional.empty(),
                Map.of(
                        "turnstile", Optional.of(Duration.ofMinutes(5)),
                        "base64", Optional.of(Duration.ofMinutes(1)),
                        "image", Optional.of(Duration.ofMinutes(2))));

        assertThat(expiry("turnstile", life)).isEqualTo(Events.T0.plusSeconds(300));
        assertThat(expiry("base64", life)).isEqualTo(Events.T0.plusSeconds(60));
        assertThat(expiry("post", life)).isEqualTo(Events.T0.plusSeconds(120));
        assertThat(expiry("userrecaptcha", life)).isNull();
    }

    @Test
    void clocks_that_disagree_make_no_negative_time() {
        var solved = outcome("userrecaptcha", Events.RULES.tokenLife(), Events.T0.plusSeconds(5));

        assertThat(solved.solveSeconds()).isZero();
    }

    private static @Nullable Instant expiry(@Nullable String method, ByMethod life) {
        return outcome(method, life, null).expiresAt();
    }

    private static Outcome.Solved outcome(@Nullable String method, ByMethod life, @Nullable Instant submittedAt) {
        var rules = Events.RULES;
        var outcomes = new Outcomes(new LedgerRules(
                rules.requestTimeout(), rules.attemptTimeout(), rules.dedupRetention(), rules.polls(), life));
        var subject = new Subject(
                new RequestId("r-1"), method == null ? null : new Method(method), null, Map.of(), 1, submittedAt);
        return (Outcome.Solved) outcomes.of(subject, Events.solved("r-1", 1, "11", "token", Events.T0));
    }
}
