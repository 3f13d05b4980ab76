package io.captchapipeline.testkit.promise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OneOutcomeTest {
    private final OneOutcome promise = new OneOutcome();

    @Test
    void kept_by_one_outcome_each_however_often_it_is_read() {
        promise.requested("r-1");
        promise.requested("r-2");
        var records = List.of(Records.record("solved", 0, "r-1", ""), Records.record("failed", 0, "r-2", ""));
        promise.outcomes(records, Records::key);
        promise.outcomes(records, Records::key);

        promise.verify();
    }

    @Test
    void broken_by_none() {
        promise.requested("r-1");

        assertThat(promise.broken()).containsExactly("r-1: no outcome");
    }

    @Test
    void broken_by_two_on_one_topic() {
        promise.requested("r-1");
        promise.outcome("r-1", new Origin("solved", 0, 1));
        promise.outcome("r-1", new Origin("solved", 0, 2));

        assertThat(promise.broken()).containsExactly("r-1: 2 outcomes, [solved-0@1, solved-0@2]");
    }

    @Test
    void broken_by_one_on_each_of_two_topics() {
        promise.requested("r-1");
        promise.outcome("r-1", new Origin("solved", 0, 1));
        promise.outcome("r-1", new Origin("failed", 0, 1));

        assertThat(promise.broken()).containsExactly("r-1: 2 outcomes, [failed-0@1, solved-0@1]");
    }

    @Test
    void broken_by_an_outcome_nobody_asked_for() {
        promise.requested("r-1");
        promise.outcome("r-1", new Origin("solved", 0, 1));
        promise.outcome("r-9", new Origin("solved", 0, 2));

        assertThat(promise.broken()).containsExactly("r-9: an outcome nobody asked for, [solved-0@2]");
    }

    @Test
    void broken_when_nothing_was_requested() {
        assertThat(promise.broken()).containsExactly("nothing was requested");
    }
}
