package io.captchapipeline.testkit.promise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NothingIsStuckTest {
    private static final Map<String, String> HEADERS = Map.of(
            "dlq.topic", "captcha-submit",
            "dlq.partition", "3",
            "dlq.offset", "17",
            "dlq.service", "result-router",
            "dlq.reason", "NOT_JSON",
            "dlq.at", "2026-11-01T12:00:00Z");

    private final NothingIsStuck promise = new NothingIsStuck();

    @BeforeEach
    void poison_with_something_good_behind_it() {
        promise.poison(new Origin("captcha-submit", 3, 17), "poison".getBytes(UTF_8));
        promise.good("r-1");
    }

    @Test
    void kept_when_the_poison_is_a_dead_letter_and_the_good_came_through() {
        promise.deadLetters(List.of(Records.deadLetter(0, "poison", HEADERS)));
        promise.cameThrough("r-1");

        promise.verify();
    }

    @Test
    void broken_by_poison_that_vanished() {
        promise.cameThrough("r-1");

        assertThat(promise.broken()).containsExactly("captcha-submit-3@17: poison, and not among the dead letters");
    }

    @Test
    void broken_by_good_that_did_not_come_through() {
        promise.deadLetters(List.of(Records.deadLetter(0, "poison", HEADERS)));

        assertThat(promise.broken()).containsExactly("r-1: good, and did not come through");
    }

    @Test
    void broken_by_a_dead_letter_that_lacks_its_reason() {
        var headers = new HashMap<>(HEADERS);
        headers.remove("dlq.reason");
        promise.deadLetters(List.of(Records.deadLetter(0, "poison", headers)));
        promise.cameThrough("r-1");

        assertThat(promise.broken()).containsExactly("captcha-submit-3@17: its dead letter lacks dlq.reason");
    }

    @Test
    void broken_by_changed_bytes() {
        promise.deadLetters(List.of(Records.deadLetter(0, "antidote", HEADERS)));
        promise.cameThrough("r-1");

        assertThat(promise.broken()).containsExactly("captcha-submit-3@17: its dead letter has other bytes");
    }

    @Test
    void broken_by_dead_letters_of_two_services() {
        var ofAnother = new HashMap<>(HEADERS);
        ofAnother.put("dlq.service", "audit-sink");
        promise.deadLetters(
                List.of(Records.deadLetter(0, "poison", HEADERS), Records.deadLetter(1, "poison", ofAnother)));
        promise.cameThrough("r-1");

        assertThat(promise.broken()).singleElement().asString().contains("several services");
    }

    @Test
    void broken_when_there_was_no_poison() {
        assertThat(new NothingIsStuck().broken()).containsExactly("there was no poison with something good behind it");
    }
}
