package io.captchapipeline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.solver.SolverCode;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswersTest {
    @ParameterizedTest
    @EnumSource
    void a_task_has_one_answer_and_another_that_contradicts_it(Kind kind) {
        assertThat(Answers.of(kind, 77, 0)).isEqualTo(Answers.of(kind, 77, 0)).isNotEqualTo(Answers.of(kind, 77, 1));
        assertThat(Answers.of(kind, 77, 0)).isNotEqualTo(Answers.of(kind, 78, 0));
        assertThat(SolverCode.isCode(Answers.of(kind, 77, 0).plain())).isFalse();
    }

    @Test
    void tokens_are_as_long_as_real_ones() {
        assertThat(Answers.of(Kind.RECAPTCHA_V2, 1, 0).plain()).hasSize(996);
        assertThat(Answers.of(Kind.RECAPTCHA_V3, 1, 0).plain()).hasSize(2048);
    }

    @Test
    void geetest_is_an_object_in_either_form() {
        var answer = Answers.of(Kind.GEETEST, 1, 0);

        assertThat(answer.json().fieldNames()).toIterable().containsExactly("challenge", "validate", "seccode");
        assertThat(answer.json().get("seccode").textValue()).endsWith("|jordan");
        assertThat(answer.plain()).isEqualTo(answer.json().toString());
        assertThat(Answers.of(Kind.GEETEST_V4, 1, 0).json().fieldNames())
                .toIterable()
                .containsExactly("captcha_id", "lot_number", "pass_token", "gen_time", "captcha_output");
    }

    @Test
    void funcaptcha_and_keycaptcha_contain_pipes() {
        assertThat(Answers.of(Kind.FUNCAPTCHA, 1, 0).plain()).contains("|r=ap-southeast-1|");
        assertThat(Answers.of(Kind.KEYCAPTCHA, 1, 0).plain()).contains("|");
    }

    @Test
    void turnstile_has_the_user_agent_beside_it() {
        assertThat(Answers.of(Kind.TURNSTILE, 1, 0).siblings()).containsOnlyKeys("useragent");
    }

    @Test
    void bls_is_sometimes_a_text_and_sometimes_a_list() {
        var answers = LongStream.range(0, 50)
                .mapToObj(id -> Answers.of(Kind.BLS, id, 0))
                .toList();

        assertThat(answers).allMatch(answer -> answer.plain().matches("\\[[1-9](, [1-9])*]"));
        assertThat(answers.stream().map(answer -> answer.json().getNodeType().name()))
                .contains("STRING", "ARRAY");
        assertThat(answers)
                .allMatch(answer -> answer.json().isTextual()
                        ? answer.json().textValue().equals(answer.plain())
                        : answer.json().toString().equals(answer.plain().replace(" ", "")));
    }

    @Test
    void the_text_of_a_picture_is_sometimes_the_word_error() {
        var texts = LongStream.range(0, 200)
                .mapToObj(id -> Answers.of(Kind.IMAGE, id, 0).plain())
                .collect(Collectors.toSet());

        assertThat(texts).contains("ERROR").hasSizeGreaterThan(150);
    }

    @Test
    void a_rotation_is_a_number() {
        assertThat(Answers.of(Kind.ROTATE, 1, 0).json().isInt()).isTrue();
    }

    @Test
    void an_answer_does_not_print_itself() {
        assertThat(Answers.of(Kind.RECAPTCHA_V2, 1, 0)).hasToString("***");
    }
}
