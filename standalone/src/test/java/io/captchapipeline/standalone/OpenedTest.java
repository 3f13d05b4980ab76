package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedTest {

    private final List<String> closed = new ArrayList<>();
    private final Opened opened = new Opened();

    @Test
    void what_came_last_is_closed_first() {
        add("broker");
        add("services");

        opened.close();

        assertThat(closed).containsExactly("services", "broker");
    }

    @Test
    void a_part_that_does_not_close_keeps_no_other_from_it() {
        add("broker");
        opened.add(() -> {
            throw new IllegalStateException("stuck");
        });

        opened.close();

        assertThat(closed).containsExactly("broker");
    }

    @Test
    void what_is_opened_after_a_signal_is_closed_at_once() {
        opened.close();

        add("late");

        assertThat(closed).containsExactly("late");
    }

    private void add(String name) {
        opened.add(() -> closed.add(name));
    }
}
