package io.captchapipeline.testkit.promise;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromiseTest {
    @Test
    void verifying_names_every_broken_promise_and_what_broke_it() {
        var durable = new AcknowledgedIsDurable();
        durable.acknowledged("r-1");
        var kept = new OneOutcome();
        kept.requested("r-2");
        kept.outcome("r-2", new Origin("solved", 0, 0));

        assertThatThrownBy(() -> Promise.verifyAll(durable, kept, new ToldOnce()))
                .isInstanceOf(BrokenPromise.class)
                .hasMessage("""
                        not kept: acknowledged is durable (1)
                          r-1: acknowledged, and not on the topic
                        not kept: told once (1)
                          nothing was to be told""");
    }

    @Test
    void a_long_list_is_cut_and_counted() {
        var durable = new AcknowledgedIsDurable();
        IntStream.range(100, 125).forEach(i -> durable.acknowledged("r-" + i));

        assertThatThrownBy(durable::verify)
                .hasMessageContaining("(25)")
                .hasMessageContaining("r-119")
                .hasMessageNotContaining("r-120")
                .hasMessageEndingWith("and 5 more");
    }
}
