package io.captchapipeline.testkit.promise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderKeptTest {
    private final OrderKept promise = new OrderKept();

    @BeforeEach
    void two_keys() {
        List.of("1", "2", "3").forEach(id -> promise.sent("a", id));
        List.of("4", "5").forEach(id -> promise.sent("b", id));
    }

    @Test
    void kept_per_key_whatever_the_keys_do_to_each_other() {
        promise.handled("b", "4");
        promise.handled("a", "1");
        promise.handled("b", "5");
        promise.handled("a", "2");

        promise.verify();
    }

    @Test
    void kept_when_a_restart_handles_something_again() {
        List.of("1", "2", "1", "2", "3").forEach(id -> promise.handled("a", id));

        promise.verify();
    }

    @Test
    void broken_by_overtaking() {
        List.of("1", "3", "2").forEach(id -> promise.handled("a", id));

        assertThat(promise.broken()).containsExactly("a: 2 was sent before 3 and handled after it");
    }

    @Test
    void broken_by_what_was_never_sent() {
        promise.handled("a", "9");

        assertThat(promise.broken()).containsExactly("a: 9 was handled and never sent");
    }

    @Test
    void broken_when_nothing_was_handled() {
        assertThat(promise.broken()).containsExactly("nothing was sent and handled");
    }
}
