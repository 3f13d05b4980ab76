package io.captchapipeline.testkit.promise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgedIsDurableTest {
    private final AcknowledgedIsDurable promise = new AcknowledgedIsDurable();

    @Test
    void kept_when_all_that_was_acknowledged_is_there() {
        promise.acknowledged("a");
        promise.found(
                List.of(
                        Records.record("results", 0, "a", ""),
                        Records.record("results", 1, "not acknowledged, and still there", "")),
                Records::key);

        promise.verify();
    }

    @Test
    void broken_by_what_is_missing() {
        promise.acknowledged("a");
        promise.acknowledged("b");
        promise.found("a");

        assertThat(promise.broken()).containsExactly("b: acknowledged, and not on the topic");
    }

    @Test
    void broken_when_nothing_was_acknowledged() {
        assertThat(promise.broken()).containsExactly("nothing was acknowledged");
    }
}
