package io.captchapipeline.testkit.promise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetsBehindDoneTest {
    private final OffsetsBehindDone promise = new OffsetsBehindDone();

    @Test
    void is_kept_when_everything_was_done_before_it_was_passed() {
        written(0, 1);
        promise.done(at(1));
        promise.committed(at(0));
        promise.done(at(0));
        promise.committed(at(2));

        assertThat(promise.broken()).isEmpty();
    }

    @Test
    void is_broken_by_an_offset_that_passed_what_was_not_done_even_if_it_was_done_later() {
        written(0, 1);
        promise.done(at(1));
        promise.committed(at(2));
        promise.done(at(0));

        assertThat(promise.broken()).containsExactly("t-0@0: not done, and t-0@2 was committed");
    }

    @Test
    void is_broken_by_what_was_never_done() {
        written(0, 1);
        promise.done(at(0));
        promise.committed(at(1));

        assertThat(promise.broken()).containsExactly("t-0@1: never done");
    }

    @Test
    void is_broken_when_nothing_was_told() {
        assertThat(promise.broken()).isNotEmpty();
    }

    private void written(long... offsets) {
        for (var offset : offsets) {
            promise.written(at(offset));
        }
    }

    private static Origin at(long offset) {
        return new Origin("t", 0, offset);
    }
}
