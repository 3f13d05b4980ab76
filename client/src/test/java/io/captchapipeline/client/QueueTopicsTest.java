package io.captchapipeline.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.event.Route;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueueTopicsTest {
    private static final Set<String> EXISTING = Set.of(
            "captcha-submit",
            "captcha-solved",
            "captcha-failed",
            "captcha-solved.login",
            "captcha-failed.login",
            "captcha-solved.other",
            "captcha-solvedness");

    @Test
    void without_a_choice_all_outcomes_there_are() {
        assertThat(new QueueTopics(Set.of()).among(EXISTING))
                .containsExactlyInAnyOrder(
                        "captcha-solved",
                        "captcha-failed",
                        "captcha-solved.login",
                        "captcha-failed.login",
                        "captcha-solved.other");
    }

    @Test
    void with_routes_theirs_and_the_plain_ones() {
        assertThat(new QueueTopics(Set.of(new Route("login"), new Route("without-topics"))).among(EXISTING))
                .containsExactlyInAnyOrder(
                        "captcha-solved", "captcha-failed", "captcha-solved.login", "captcha-failed.login");
    }
}
