package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.captchapipeline.schemas.event.Outcome;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The promises, over seeded random orders of events. A seed that breaks one is named by the failure and runs again the
/// same way.
class LedgerPromisesTest {
    private static final int SEEDS = 250;

    static LongStream first_seeds() {
        return LongStream.range(0, 16).map(block -> block * SEEDS);
    }

    @ParameterizedTest
    @MethodSource("first_seeds")
    void every_request_ends_once_and_nothing_is_paid_twice_in_any_order(long first) {
        for (long seed = first; seed < first + SEEDS; seed++) {
            assertThatCode(new Simulation(seed)::run).as("seed %s", seed).doesNotThrowAnyException();
        }
    }

    /// Orders that never meet a case prove nothing about it.
    @Test
    void the_orders_meet_every_state_and_everything_that_is_counted_but_what_needs_days() {
        var visited = new HashSet<String>();
        var counted = EnumSet.noneOf(Counted.class);
        var endings = new HashSet<String>();
        for (long seed = 0; seed < SEEDS; seed++) {
            var simulation = new Simulation(seed).run();
            visited.addAll(simulation.visited);
            counted.addAll(simulation.oracle.counted.keySet());
            simulation.oracle.outcomes.values().forEach(outcome -> endings.add(ending(outcome)));
        }

        assertThat(visited)
                .containsExactlyInAnyOrder(
                        "-",
                        "Waiting",
                        "Refused",
                        "Asked",
                        "Accepted",
                        "Claimed",
                        "Announced",
                        "Unannounced",
                        "Alias",
                        "Settled");
        assertThat(counted).doesNotContain(Counted.UNDECIDABLE);
        assertThat(EnumSet.complementOf(counted))
                .isSubsetOf(Set.of(Counted.EXPIRED, Counted.ENTRY_GONE, Counted.UNDECIDABLE));
        assertThat(endings)
                .contains(
                        "solved",
                        "TIMEOUT",
                        "NO_ANSWER",
                        "SOLVER_UNAVAILABLE",
                        "INVALID_REQUEST",
                        "ERROR_CAPTCHA_UNSOLVABLE",
                        "ERROR_BAD_DUPLICATES",
                        "ERROR_GOOGLEKEY");
    }

    private static String ending(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Solved solved -> "solved";
            case Outcome.Failed failed -> failed.error();
        };
    }
}
