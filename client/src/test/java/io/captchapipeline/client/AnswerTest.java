package io.captchapipeline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void a_solution_is_had_and_not_printed() {
        var answer = Answer.of(Outcomes.solved("r-1", "03AGdBq2"));

        assertThat(answer.orThrow().token()).isEqualTo("03AGdBq2");
        assertThat(answer.toString()).contains("r-1").doesNotContain("03AGdBq2");
    }

    @Test
    void a_failure_is_a_value_until_somebody_wants_a_solution() {
        var answer = Answer.of(Outcomes.failed("r-1", "ERROR_CAPTCHA_UNSOLVABLE"));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo("ERROR_CAPTCHA_UNSOLVABLE"));
        assertThatThrownBy(answer::orThrow)
                .isInstanceOf(NotSolved.class)
                .hasMessage("r-1: ERROR_CAPTCHA_UNSOLVABLE (in other words)");
    }

    @Test
    void a_token_is_expired_from_the_second_it_says() {
        var answer = Answer.of(Outcomes.solvedUntil(Outcomes.NOW, "r-1", "t")).orThrow();

        assertThat(answer.isExpired(Outcomes.NOW.minusMillis(1))).isFalse();
        assertThat(answer.isExpired(Outcomes.NOW)).isTrue();
    }

    @Test
    void what_never_expires_is_never_expired() {
        var answer = Answer.of(Outcomes.solved("r-1", "text")).orThrow();

        assertThat(answer.isExpired(Outcomes.NOW.plusSeconds(1_000_000))).isFalse();
    }
}
