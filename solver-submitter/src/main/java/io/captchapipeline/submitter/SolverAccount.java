package io.captchapipeline.submitter;

import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.SolverHealth;
import io.captchapipeline.schemas.solver.SolverCode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Our account: how it stands, what the solver refused it, what is left of its money. Everything that speaks with the
/// solver tells it what it heard.
final class SolverAccount {
    private static final Logger LOG = LoggerFactory.getLogger(SolverAccount.class);
    /// A held record is looked at this often, so that it does not outstay its deadline.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Map<String, Long> refusals = new TreeMap<>();
    private final Account name;
    private final String instance;
    private final Duration probeEvery;
    private final Clock clock;
    private Standing standing = Standing.fresh();
    private @Nullable BigDecimal balance;

    /// @param instance whose heartbeat it is, since another one's breaker may stand otherwise
    /// @param probeEvery how often a stopped account is probed, where the solver names no time
    SolverAccount(Account name, String instance, Duration probeEvery, Clock clock) {
        this.name = name;
        this.instance = instance;
        this.probeEvery = probeEvery;
        this.clock = clock;
    }

    Account name() {
        return name;
    }

    synchronized Standing standing() {
        return standing;
    }

    synchronized @Nullable BigDecimal balance() {
        return balance;
    }

    /// Whether nothing at all may be asked with it.
    synchronized boolean isStopped() {
        return !(standing instanceof Standing.Asked);
    }

    /// Whether it must not be asked, and for how long; posts wait for pauses, too.
    synchronized Optional<Grant.Hold> holdsPosts() {
        var now = clock.instant();
        return switch (standing) {
            case Standing.Asked asked
            when asked.pausedUntil().isAfter(now) ->
                Optional.of(new Grant.Hold(Grant.Reason.PAUSE, shorter(Duration.between(now, asked.pausedUntil()))));
            case Standing.Asked _ -> Optional.empty();
            case Standing.Stopped _, Standing.Probed _ -> Optional.of(new Grant.Hold(Grant.Reason.BREAKER, LOOK_AGAIN));
        };
    }

    /// The solver took a task that was posted then.
    synchronized void accepted(Instant askedAt) {
        if (standing instanceof Standing.Asked asked) {
            become(asked.accepted(askedAt));
        }
    }

    /// The solver refused one request for good, which says nothing of the account.
    synchronized void refused(String code) {
        count(code);
    }

    /// The solver refused a post of then for now.
    ///
    /// @return how long the request is to wait
    synchronized Duration refused(String code, Pause pause, Instant askedAt) {
        count(code);
        if (!(standing instanceof Standing.Asked asked)) {
            return pause.first();
        }
        var now = clock.instant();
        var after = asked.refused(pause, askedAt, now);
        become(after);
        return longer(pause.first(), Duration.between(now, after.pausedUntil()));
    }

    /// The solver refused the account itself.
    ///
    /// @return how long the request that met this is to wait
    synchronized Duration stopped(SolverCode code) {
        count(code.code());
        var now = clock.instant();
        if (standing instanceof Standing.Asked asked) {
            become(asked.stopped(code, probeEvery, now));
        }
        return standing instanceof Standing.Stopped stopped
                ? longer(LOOK_AGAIN, Duration.between(now, stopped.probeAt()))
                : probeEvery;
    }

    /// Whether the call that finds out is due; whoever is told so makes it, and says what came of it.
    synchronized boolean beginsProbe() {
        if (standing instanceof Standing.Stopped stopped && !stopped.probeAt().isAfter(clock.instant())) {
            become(stopped.probed());
            return true;
        }
        return false;
    }

    synchronized void hasBalance(BigDecimal amount) {
        balance = amount;
        if (standing instanceof Standing.Probed probed) {
            become(probed.wentWell(clock.instant()));
        }
    }

    /// Asked for its balance, the account was refused.
    synchronized void balanceRefused(SolverCode code) {
        if (standing instanceof Standing.Probed probed) {
            count(code.code());
            become(probed.stoppedAgain(code, probeEvery, clock.instant()));
        } else {
            stopped(code);
        }
    }

    synchronized void balanceUnknown() {
        if (standing instanceof Standing.Probed probed) {
            become(probed.noAnswer(probeEvery, clock.instant()));
        }
    }

    synchronized SolverHealth heartbeat() {
        var now = clock.instant();
        var until = switch (standing) {
            case Standing.Asked asked -> asked.pausedUntil().isAfter(now) ? asked.pausedUntil() : null;
            case Standing.Stopped stopped -> stopped.probeAt();
            case Standing.Probed _ -> null;
        };
        return new SolverHealth(name, now, balance, standing.breaker(), refusals, until, instance);
    }

    /// What the solver makes up must not fill our memory.
    private void count(String code) {
        var isKnown = SolverCode.known().containsKey(code) || code.equals(Submission.UNAVAILABLE);
        refusals.merge(isKnown ? code : "other", 1L, Long::sum);
    }

    private void become(Standing next) {
        var before = standing;
        standing = next;
        if (next instanceof Standing.Stopped stopped && !(before instanceof Standing.Stopped)) {
            LOG.atError()
                    .addKeyValue("account", name)
                    .addKeyValue("code", stopped.code())
                    .addKeyValue("probe_at", stopped.probeAt())
                    .log("The solver refuses our account; requests wait");
        } else if (before instanceof Standing.Probed && next instanceof Standing.Asked) {
            LOG.atInfo().addKeyValue("account", name).log("The solver answers our account again");
        }
    }

    private static Duration shorter(Duration delay) {
        return delay.compareTo(LOOK_AGAIN) < 0 ? delay : LOOK_AGAIN;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
