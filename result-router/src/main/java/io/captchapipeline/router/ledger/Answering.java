package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.RequestEntry.Accepted;
import io.captchapipeline.router.ledger.RequestEntry.Asked;
import io.captchapipeline.router.ledger.RequestEntry.Claimed;
import io.captchapipeline.router.ledger.RequestEntry.Open;
import io.captchapipeline.router.ledger.RequestEntry.Refused;
import io.captchapipeline.router.ledger.RequestEntry.Waiting;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.solver.SolverCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Results come for requests. The first answer that counts is the outcome.
final class Answering {
    private static final Set<String> WORTH_ANOTHER_ATTEMPT = Set.of(SolverCode.UNSOLVABLE, "ERROR_BAD_DUPLICATES");
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    /// A clock may be as much behind the broker's. Between a refusal and the next asking but one lie two waits.
    private static final Duration CLOCKS_DIFFER = LEAST_WAIT.multipliedBy(2);

    private final Telling telling;
    private final Aliasing aliasing;

    Answering(Telling telling, Aliasing aliasing) {
        this.telling = telling;
        this.aliasing = aliasing;
    }

    /// By the request's own id: with its ticket, or from solver-submitter.
    Decision answered(@Nullable RequestEntry entry, Result result, Instant now) {
        return switch (entry) {
            case null -> Decision.counted(null, Counted.ENTRY_GONE);
            case Open open -> ours(open, result, now);
            case Claimed foreign -> mismatch(foreign);
            case Announced foreign -> isTicketed(result) ? mismatch(foreign) : telling.foreign(foreign, result, now);
            case Settled settled -> Decision.counted(settled, settled.another(result));
        };
    }

    /// By the task's id, along its alias. Where the request has a ticket, only a result without any may do so.
    Decision forwarded(@Nullable RequestEntry entry, Result result, Instant now) {
        return entry instanceof Open open && result.ticket() == TicketKind.ROUTE
                ? mismatch(open)
                : answered(entry, result, now);
    }

    private Decision ours(Open open, Result result, Instant now) {
        int attempt = attemptOf(open, result);
        int running = open.progress().attempt();
        if (attempt < 1 || attempt > running) {
            return mismatch(open);
        }
        return attempt == running ? running(open, result, now) : earlier(open, attempt, result, now);
    }

    /// What a ticket says; else the attempt that is known to have made this task; 0 where there is none.
    private static int attemptOf(Open open, Result result) {
        var told = result.attempt();
        if (told != null) {
            return told;
        }
        return open instanceof Accepted accepted && accepted.taken().taskId().equals(result.taskId())
                ? accepted.progress().attempt()
                : open.progress().attemptOf(result.taskId());
    }

    private Decision running(Open open, Result result, Instant now) {
        if (open instanceof Accepted accepted && !accepted.taken().taskId().equals(result.taskId())) {
            return mismatch(open);
        }
        return switch (result) {
            case Result.Solved solved -> telling.answered(open, open.progress().attempt(), solved, now);
            case Result.Failed failed ->
                failed.mayBeAskedAgain() ? refused(open, failed, now) : failed(open, failed, now);
        };
    }

    private Decision failed(Open open, Result.Failed failed, Instant now) {
        var progress = open.progress();
        boolean again = WORTH_ANOTHER_ATTEMPT.contains(failed.error())
                && progress.attemptsLeft()
                && now.isBefore(progress.request().deadline());
        if (!again) {
            return telling.answered(open, progress.attempt(), failed, now);
        }
        var next = open.failed(failed.taskId());
        return aliasing.alsoOfAnswered(open, failed.taskId(), Decision.of(next, Admitting.admit(next, now)));
    }

    /// The same refusal can be read twice: its writer repeats it when it does not know whether it was written.
    private static Decision refused(Open open, Result.Failed failed, Instant now) {
        if (isRepeated(open, failed.receivedAt())) {
            return Decision.counted(open, Counted.DUPLICATE_ANSWER);
        }
        var refusal = new Refusal(failed.receivedAt(), failed.error());
        return switch (open) {
            case Waiting early -> Decision.of(early.refused(refusal, until(failed, now)));
            case Asked asked -> Decision.of(asked.refused(refusal, until(failed, now)));
            case Refused again -> mismatch(again);
            case Accepted accepted -> mismatch(accepted);
        };
    }

    /// Once the next asking is known, only what is older than that can be a repeat: it may be another instance of
    /// solver-submitter that asks, with a clock of its own.
    private static boolean isRepeated(Open open, Instant receivedAt) {
        return open instanceof Asked asked
                ? open.progress().repeatsRefusal(receivedAt)
                        || (open.progress().wasRefusedBy(receivedAt)
                                && receivedAt.isBefore(asked.at().minus(CLOCKS_DIFFER)))
                : open.progress().wasRefusedBy(receivedAt);
    }

    private static Instant until(Result.Failed failed, Instant now) {
        var seconds = failed.retryAfterSeconds();
        var wait = seconds == null ? LEAST_WAIT : Duration.ofSeconds(seconds);
        return now.plus(wait.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : wait);
    }

    /// A solution is one whichever attempt it was paid for; a failure of an attempt that another one followed is not
    /// the request's.
    private Decision earlier(Open open, int attempt, Result result, Instant now) {
        var past = open.progress().past(attempt);
        if (past.taskId() != null && !past.taskId().equals(result.taskId())) {
            return mismatch(open);
        }
        if (past.answered()) {
            return Decision.counted(open, Counted.LATE_ANSWER);
        }
        return switch (result) {
            case Result.Solved solved -> telling.answered(open, attempt, solved, now);
            case Result.Failed failed ->
                aliasing.alsoOfAnswered(open, failed.taskId(), stale(open, attempt, past.failed(failed.taskId())));
        };
    }

    private static Decision stale(Open open, int attempt, Past failed) {
        return Decision.counted(open.with(open.progress().with(attempt, failed)), Counted.STALE_FAILURE);
    }

    private static Decision mismatch(@Nullable RequestEntry entry) {
        return Decision.counted(entry, Counted.MISMATCHED_ANSWER);
    }

    private static boolean isTicketed(Result result) {
        return result.source() == Source.CALLBACK && result.ticket() == TicketKind.REQUEST;
    }
}
