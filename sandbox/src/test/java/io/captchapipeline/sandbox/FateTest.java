package io.captchapipeline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FateTest {
    private static final Behaviour ROUGH = Behaviour.DEFAULT
            .with("fail_rate", 0.2)
            .with("drop_callback_rate", 0.2)
            .with("duplicate_rate", 0.2)
            .with("conflict_rate", 0.2)
            .with("callback_before_reply_rate", 0.2)
            .with("lose_reply_rate", 0.2)
            .with("no_slot_rate", 0.2)
            .with("http_500_rate", 0.2)
            .with("seed", 7);

    @Test
    void the_same_asking_always_meets_the_same_fate() {
        assertThat(fates(ROUGH)).isEqualTo(fates(ROUGH)).isNotEqualTo(fates(ROUGH.with("seed", 8)));
    }

    @Test
    void a_request_that_asks_again_rolls_again() {
        var fates = IntStream.range(0, 100)
                .mapToObj(nth -> Fate.of(ROUGH, "r-1", nth))
                .map(Fate::noSlot)
                .toList();

        assertThat(fates).contains(true, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE})
    void every_rate_is_met(long seed) {
        var fates = fates(ROUGH.with("seed", seed));

        assertThat(share(fates, Fate::fails)).isCloseTo(0.2, within(0.02));
        assertThat(share(fates, Fate::noSlot)).isCloseTo(0.2, within(0.02));
        assertThat(share(fates, Fate::losesReply)).isCloseTo(0.2, within(0.02));
        assertThat(share(fates, Fate::callsBackFirst)).isCloseTo(0.2, within(0.02));
        assertThat(share(fates, fate -> fate.callbacks().isEmpty())).isCloseTo(0.2, within(0.02));
        assertThat(share(fates, fate -> fate.callbacks().contains("00"))).isCloseTo(0.16, within(0.02));
        assertThat(share(fates, fate -> fate.callbacks().endsWith("1"))).isCloseTo(0.16, within(0.02));
        assertThat(share(fates, Fate::breaks)).isCloseTo(0.2, within(0.02));
        assertThat(share(fates, fate -> fate.breaks() && fate.breaksAfter())).isCloseTo(0.1, within(0.02));
    }

    @Test
    void faults_strike_independently_of_each_other() {
        assertThat(share(fates(ROUGH), fate -> fate.fails() && fate.losesReply()))
                .isCloseTo(0.04, within(0.01));
    }

    @Test
    void a_rate_of_0_never_strikes_and_one_of_1_always() {
        assertThat(fates(Behaviour.DEFAULT)).noneMatch(fate -> fate.fails() || fate.breaks() || fate.noSlot());
        assertThat(fates(Behaviour.DEFAULT.with("fail_rate", 1))).allMatch(Fate::fails);
    }

    @Test
    void solve_times_fill_their_span_ends_included() {
        var fates = fates(Behaviour.DEFAULT.with("solve_ms", List.of(3, 6)));

        assertThat(fates.stream().map(Fate::solveMs)).contains(3, 4, 5, 6).allMatch(ms -> ms >= 3 && ms <= 6);
    }

    private static List<Fate> fates(Behaviour behaviour) {
        return IntStream.range(0, 5_000)
                .mapToObj(i -> Fate.of(behaviour, "request-" + i, 0))
                .toList();
    }

    private static double share(List<Fate> fates, Predicate<Fate> having) {
        return fates.stream().filter(having).count() / (double) fates.size();
    }
}
