package io.captchapipeline.testkit.promise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeverPaidTwiceTest {
    private final NeverPaidTwice promise = new NeverPaidTwice();

    @Test
    void kept_by_a_second_attempt_after_the_first_failed() {
        promise.accepted("r-1", 1);
        promise.accepted("r-1", 2);
        promise.mayBeFollowed("r-1", 1);

        promise.verify();
    }

    @Test
    void broken_by_an_attempt_accepted_twice() {
        promise.accepted("r-1", 1);
        promise.accepted("r-1", 1);

        assertThat(promise.broken()).containsExactly("r-1 attempt 1: accepted 2 times");
    }

    @Test
    void broken_by_an_attempt_counted_twice() {
        promise.accepted("r-1", 1, 2);

        assertThat(promise.broken()).containsExactly("r-1 attempt 1: accepted 2 times");
    }

    @Test
    void broken_by_a_second_attempt_while_the_first_may_still_be_answered() {
        promise.accepted("r-1", 1);
        promise.accepted("r-1", 2);

        assertThat(promise.broken())
                .containsExactly("r-1 attempt 2: accepted, though the one before neither failed nor stayed silent");
    }

    @Test
    void broken_when_nothing_was_accepted() {
        assertThat(promise.broken()).containsExactly("nothing was accepted");
    }
}
