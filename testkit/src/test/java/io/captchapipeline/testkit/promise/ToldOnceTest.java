package io.captchapipeline.testkit.promise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToldOnceTest {
    private final ToldOnce promise = new ToldOnce();

    @Test
    void kept_by_one_message_each_that_may_arrive_again() {
        promise.due("LowBalance firing");
        promise.due("LowBalance resolved");
        promise.told("LowBalance firing", "<1@captcha>");
        promise.told("LowBalance firing", "<1@captcha>");
        promise.told("LowBalance resolved", "<2@captcha>");

        promise.verify();
    }

    @Test
    void broken_by_what_was_never_told() {
        promise.due("LowBalance resolved");

        assertThat(promise.broken()).containsExactly("LowBalance resolved: never told");
    }

    @Test
    void broken_by_a_second_message() {
        promise.due("LowBalance firing");
        promise.told("LowBalance firing", "<1@captcha>");
        promise.told("LowBalance firing", "<2@captcha>");

        assertThat(promise.broken())
                .containsExactly("LowBalance firing: told in several messages, [<1@captcha>, <2@captcha>]");
    }

    @Test
    void broken_by_a_message_that_was_not_due() {
        promise.due("LowBalance firing");
        promise.told("LowBalance firing", "<1@captcha>");
        promise.told("LowBalance resolved", "<2@captcha>");

        assertThat(promise.broken()).containsExactly("LowBalance resolved: told though it was not due, [<2@captcha>]");
    }

    @Test
    void broken_by_one_message_id_for_two_things() {
        promise.due("LowBalance firing");
        promise.due("LowBalance resolved");
        promise.told("LowBalance firing", "<1@captcha>");
        promise.told("LowBalance resolved", "<1@captcha>");

        assertThat(promise.broken())
                .containsExactly("<1@captcha>: one Message-ID for [LowBalance firing, LowBalance resolved]");
    }

    @Test
    void broken_when_nothing_was_to_be_told() {
        assertThat(promise.broken()).containsExactly("nothing was to be told");
    }
}
