package io.captchapipeline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteHandlersTest {
    private final List<String> handled = new ArrayList<>();
    private final RouteHandlers handlers = RouteHandlers.on("login", answer -> handled.add("login"))
            .and("scraping", answer -> handled.add("scraping"))
            .otherwise(answer -> handled.add("default"));

    @Test
    void each_route_has_its_handler_and_all_others_one_together() {
        handlers.accept(Answer.of(Outcomes.solvedOn("scraping", "r-1", "t")));
        handlers.accept(Answer.of(Outcomes.solvedOn("login", "r-2", "t")));
        handlers.accept(Answer.of(Outcomes.solvedOn("unheard-of", "r-3", "t")));
        handlers.accept(Answer.of(Outcomes.failed("r-4", "ERROR_PAGEURL")));

        assertThat(handled).containsExactly("scraping", "login", "default", "default");
    }

    @Test
    void without_a_default_others_are_let_pass() {
        RouteHandlers.on("login", answer -> handled.add("login"))
                .accept(Answer.of(Outcomes.solvedOn("unheard-of", "r-1", "t")));

        assertThat(handled).isEmpty();
    }

    @Test
    void a_route_has_one_handler() {
        assertThatThrownBy(() -> handlers.and("login", answer -> {})).hasMessageContaining("login");
    }
}
