package io.captchapipeline.submitter;

import io.captchapipeline.kit.consume.Claim;
import io.captchapipeline.kit.consume.Claimant;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.kit.consume.Share;
import io.captchapipeline.schemas.event.Overdue;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Decides which late tasks are polled for. Solvers count polls, so each is made at most once: its offset is committed
/// before it. One that is missed matters little, the ledger asks again.
final class Polls implements Claimant<Overdue> {
    private static final Duration UNTIL_SOME_POLL_ENDS = Duration.ofMillis(100);

    private final Limits limits;
    private final SolverAccount account;
    private final Polling polling;
    private final SubmitterWatch watch;
    private final Clock clock;
    private final Semaphore room;

    /// @param interval a poll that is due longer than this has a successor
    /// @param most polls of one task
    /// @param underWay at the same time, of all tasks
    record Limits(Duration interval, int most, int underWay) {}

    Polls(Limits limits, SolverAccount account, Polling polling, SubmitterWatch watch, Clock clock) {
        this.limits = limits;
        this.account = account;
        this.polling = polling;
        this.watch = watch;
        this.clock = clock;
        this.room = new Semaphore(limits.underWay());
    }

    @Override
    public Claim choose(Received<Overdue> record, Share share) {
        var overdue = record.event();
        var reason = whyNot(overdue);
        if (reason.isPresent()) {
            watch.polled(reason.get(), null);
            return Claim.pass();
        }
        return room.tryAcquire()
                ? new Claim.Take(List.of(), () -> poll(overdue), room::release)
                : new Claim.Wait(UNTIL_SOME_POLL_ENDS);
    }

    private Optional<String> whyNot(Overdue overdue) {
        if (clock.instant().isAfter(overdue.dueAt().plus(limits.interval()))) {
            return Optional.of("stale");
        }
        if (overdue.poll() > limits.most()) {
            return Optional.of("too_many");
        }
        if (overdue.account() != null && !overdue.account().equals(account.name())) {
            return Optional.of("other_account");
        }
        if (polling.hasEnded(overdue.taskId())) {
            return Optional.of("ended_before");
        }
        return account.isStopped() ? Optional.of("breaker_open") : Optional.empty();
    }

    private void poll(Overdue overdue) {
        try {
            polling.poll(overdue);
        } finally {
            room.release();
        }
    }
}
