package io.captchapipeline.submitter;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.health.Health;
import io.captchapipeline.kit.health.HealthCheck;
import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.schemas.event.SolverHealth;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the solver for our balance every minute, and when a stopped account may have been mended; tells the fleet
/// every few seconds how the account stands. A balance costs nothing.
final class AccountWatch implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(AccountWatch.class);
    private static final long LOOK_MS = 200;

    private final List<Long> timers = new ArrayList<>();
    private final Vertx vertx;
    private final SolverAccount account;
    private final SolverClient solver;
    private final Publisher<SolverHealth> publisher;
    private final Times times;

    /// @param balance between two questions for it
    /// @param heartbeat between two of them
    record Times(Duration balance, Duration heartbeat) {}

    AccountWatch(
            Vertx vertx, SolverAccount account, SolverClient solver, Publisher<SolverHealth> publisher, Times times) {
        this.vertx = vertx;
        this.account = account;
        this.solver = solver;
        this.publisher = publisher;
        this.times = times;
    }

    @Override
    public void start() {
        inBackground(this::askBalance);
        every(times.balance(), () -> inBackground(this::askWhileNotStopped));
        every(Duration.ofMillis(LOOK_MS), this::probe);
        every(times.heartbeat(), this::beat);
        beat();
    }

    @Override
    public void close() {
        timers.forEach(vertx::cancelTimer);
        beat();
    }

    @Override
    public List<HealthCheck> checks() {
        return List.of(new HealthCheck("solver", this::health));
    }

    private Health health() {
        var standing = account.standing();
        var health = switch (standing) {
            case Standing.Asked _ -> Health.ofUp();
            case Standing.Stopped stopped -> refused(stopped);
            case Standing.Probed probed -> refused(probed.before());
        };
        return health.with("account", account.name().value())
                .with("breaker", standing.breaker().wire());
    }

    private static Health refused(Standing.Stopped stopped) {
        return Health.down("the solver refuses our account with " + stopped.code())
                .with("code", stopped.code())
                .with("since", stopped.since().toString());
    }

    private void probe() {
        if (account.beginsProbe()) {
            inBackground(this::askBalance);
        }
    }

    /// A stopped account is asked by its probes alone.
    private void askWhileNotStopped() {
        if (account.standing() instanceof Standing.Asked) {
            askBalance();
        }
    }

    /// A probe that does not come to an end would keep the breaker open for ever.
    private void askBalance() {
        try {
            heard(BalanceAnswer.of(solver.ask("getbalance", Map.of())));
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("The balance could not be asked for");
            heard(new BalanceAnswer.Nothing());
        }
    }

    private void heard(BalanceAnswer answer) {
        switch (answer) {
            case BalanceAnswer.Amount(var amount) -> account.hasBalance(amount);
            case BalanceAnswer.Stop(var code) -> account.balanceRefused(code);
            case BalanceAnswer.Nothing() -> account.balanceUnknown();
        }
    }

    private void beat() {
        publisher.send(account.heartbeat());
    }

    private void every(Duration time, Runnable action) {
        timers.add(vertx.setPeriodic(time.toMillis(), _ -> action.run()));
    }

    private static void inBackground(Runnable action) {
        Thread.ofVirtual().name("solver-balance").start(action);
    }
}
