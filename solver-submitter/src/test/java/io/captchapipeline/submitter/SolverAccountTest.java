package io.captchapipeline.submitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Breaker;
import io.captchapipeline.schemas.solver.SolverCode;
import io.captchapipeline.testkit.ManualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SolverAccountTest {
    private static final String NO_SLOT = "ERROR_NO_SLOT_AVAILABLE";
    private static final Pause FIVE_GROWING = Pause.growing(Duration.ofSeconds(5));
    private static final SolverCode WRONG_KEY = SolverCode.of("ERROR_WRONG_USER_KEY");
    private static final Duration PROBE_EVERY = Duration.ofSeconds(60);

    private final ManualClock clock = ManualClock.at(Instant.parse("2026-11-01T12:00:00Z"));
    private final SolverAccount account = new SolverAccount(new Account("test"), "one:1", PROBE_EVERY, clock);

    @Test
    void at_first_it_may_be_asked() {
        assertThat(account.holdsPosts()).isEmpty();
        assertThat(breaker()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void a_refusal_pauses_it_and_the_pause_ends() {
        assertThat(account.refused(NO_SLOT, FIVE_GROWING, clock.instant())).isEqualTo(Duration.ofSeconds(5));

        assertThat(account.holdsPosts()).hasValueSatisfying(hold -> {
            assertThat(hold.reason()).isEqualTo(Grant.Reason.PAUSE);
            assertThat(hold.delay()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(account.heartbeat().pausedUntil()).isEqualTo(clock.instant().plusSeconds(5));
        assertThat(breaker()).isEqualTo(Breaker.CLOSED);

        clock.advance(Duration.ofSeconds(5));
        assertThat(account.holdsPosts()).isEmpty();
        assertThat(account.heartbeat().pausedUntil()).isNull();
    }

    @Test
    void its_heartbeat_names_whose_breaker_it_is() {
        assertThat(account.heartbeat().instance()).isEqualTo("one:1");
    }

    @Test
    void pauses_grow_with_refusals_in_a_row_and_an_acceptance_ends_the_row() {
        refuseAfterThePause(5);
        refuseAfterThePause(10);
        refuseAfterThePause(20);
        account.accepted(clock.instant());
        refuseAfterThePause(5);
    }

    @Test
    void posts_that_were_under_way_together_count_as_one_refusal() {
        var askedAt = clock.instant();
        clock.advance(Duration.ofMillis(50));
        for (int i = 0; i < 32; i++) {
            assertThat(account.refused(NO_SLOT, FIVE_GROWING, askedAt)).isEqualTo(Duration.ofSeconds(5));
        }
        clock.advance(Duration.ofSeconds(5));
        refuseAfterThePause(10);
    }

    @Test
    void an_acceptance_of_a_post_from_before_the_refusal_does_not_end_the_row() {
        var before = clock.instant();
        clock.advance(Duration.ofMillis(50));
        refuseAfterThePause(5);
        account.accepted(before);
        refuseAfterThePause(10);
    }

    @Test
    void a_wrong_key_opens_the_breaker_until_a_probe_goes_well() {
        assertThat(account.stopped(WRONG_KEY)).isEqualTo(PROBE_EVERY);
        assertThat(breaker()).isEqualTo(Breaker.OPEN);
        assertThat(account.holdsPosts()).map(Grant.Hold::reason).contains(Grant.Reason.BREAKER);
        assertThat(account.beginsProbe()).isFalse();

        clock.advance(PROBE_EVERY);
        assertThat(account.beginsProbe()).isTrue();
        assertThat(account.beginsProbe()).as("only one probe at a time").isFalse();
        assertThat(breaker()).isEqualTo(Breaker.HALF_OPEN);
        assertThat(account.holdsPosts()).isPresent();

        account.hasBalance(BigDecimal.TEN);
        assertThat(breaker()).isEqualTo(Breaker.CLOSED);
        assertThat(account.holdsPosts()).isEmpty();
    }

    @Test
    void an_account_that_is_refused_again_is_probed_seldomer() {
        account.stopped(WRONG_KEY);
        clock.advance(PROBE_EVERY);
        account.beginsProbe();
        account.balanceRefused(WRONG_KEY);

        clock.advance(PROBE_EVERY);
        assertThat(account.beginsProbe()).isFalse();
        clock.advance(PROBE_EVERY);
        assertThat(account.beginsProbe()).isTrue();
    }

    @Test
    void a_key_with_a_balance_and_without_a_plan_is_not_posted_with_every_minute() {
        account.stopped(WRONG_KEY);
        clock.advance(PROBE_EVERY);
        account.beginsProbe();
        account.hasBalance(BigDecimal.TEN);

        assertThat(account.stopped(WRONG_KEY)).isEqualTo(PROBE_EVERY.multipliedBy(2));
    }

    @Test
    void a_ban_is_probed_when_its_time_is_over() {
        assertThat(account.stopped(SolverCode.of("IP_BANNED"))).isEqualTo(Duration.ofMinutes(5));
        clock.advance(Duration.ofSeconds(299));
        assertThat(account.beginsProbe()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(account.beginsProbe()).isTrue();
    }

    @Test
    void a_probe_without_an_answer_is_made_again() {
        account.stopped(WRONG_KEY);
        clock.advance(PROBE_EVERY);
        account.beginsProbe();
        account.balanceUnknown();

        assertThat(breaker()).isEqualTo(Breaker.OPEN);
        clock.advance(PROBE_EVERY);
        assertThat(account.beginsProbe()).isTrue();
    }

    @Test
    void late_answers_of_other_posts_do_not_close_the_breaker() {
        var askedAt = clock.instant();
        account.stopped(WRONG_KEY);
        account.accepted(askedAt);
        account.hasBalance(BigDecimal.TEN);
        account.refused(NO_SLOT, FIVE_GROWING, askedAt);

        assertThat(breaker()).isEqualTo(Breaker.OPEN);
    }

    @Test
    void a_balance_that_is_refused_opens_the_breaker_before_anything_is_posted() {
        account.balanceRefused(WRONG_KEY);

        assertThat(breaker()).isEqualTo(Breaker.OPEN);
    }

    @Test
    void refusals_are_counted_by_codes_that_are_known() {
        account.refused("ERROR_PAGEURL");
        account.refused("ERROR_PAGEURL");
        account.refused("ERROR_MADE_UP_1");
        account.refused("ERROR_MADE_UP_2");
        account.stopped(WRONG_KEY);

        assertThat(account.heartbeat().refusals())
                .isEqualTo(Map.of("ERROR_PAGEURL", 2L, "other", 2L, "ERROR_WRONG_USER_KEY", 1L));
    }

    private void refuseAfterThePause(int seconds) {
        var wait = account.refused(NO_SLOT, FIVE_GROWING, clock.instant());
        assertThat(wait).isEqualTo(Duration.ofSeconds(seconds));
        clock.advance(wait);
    }

    private Breaker breaker() {
        return account.heartbeat().breaker();
    }
}
