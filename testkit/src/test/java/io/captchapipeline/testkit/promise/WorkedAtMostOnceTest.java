package io.captchapipeline.testkit.promise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkedAtMostOnceTest {
    private final WorkedAtMostOnce promise = new WorkedAtMostOnce();

    @Test
    void is_kept_when_a_mark_had_no_work_but_never_two() {
        told("a", 1, 1);
        told("b", 1, 0);

        assertThat(promise.broken()).isEmpty();
    }

    @Test
    void is_broken_by_a_second_work_a_second_mark_and_a_missing_one() {
        told("a", 1, 2);
        told("b", 2, 1);
        told("c", 0, 1);

        assertThat(promise.broken())
                .containsExactly(
                        "b: marked 2 times",
                        "c: marked 0 times",
                        "a: worked on 2 times",
                        "c: worked on without a mark");
    }

    @Test
    void is_broken_when_nothing_was_told() {
        assertThat(promise.broken()).isNotEmpty();
    }

    private void told(String id, int marks, int works) {
        promise.written(id);
        for (int i = 0; i < marks; i++) {
            promise.marked(id);
        }
        for (int i = 0; i < works; i++) {
            promise.worked(id);
        }
    }
}
