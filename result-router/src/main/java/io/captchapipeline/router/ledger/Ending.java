package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.RequestEntry.Accepted;
import io.captchapipeline.router.ledger.RequestEntry.Asked;
import io.captchapipeline.router.ledger.RequestEntry.Open;
import io.captchapipeline.router.ledger.RequestEntry.Refused;
import io.captchapipeline.router.ledger.RequestEntry.Waiting;
import io.captchapipeline.schemas.event.Outcome;

/// Why a request ended without an answer, as its outcome says it.
record Ending(String error, String detail) {
    static final Ending TIMEOUT =
            new Ending(Outcome.Failed.TIMEOUT, "the solver took the task and did not answer in time");
    private static final Ending IN_THE_QUEUE =
            new Ending(Outcome.Failed.TIMEOUT, "the next attempt was still waiting for its turn");
    private static final Ending SILENT =
            new Ending(Outcome.Failed.NO_ANSWER, "nobody knows whether the solver took the last attempt");
    private static final Ending NEVER_ASKED =
            new Ending(Outcome.Failed.SOLVER_UNAVAILABLE, "the solver was not asked in time");

    /// At its deadline.
    static Ending of(Open open) {
        return switch (open) {
            case Accepted taken -> TIMEOUT;
            case Asked uncertain -> SILENT;
            case Waiting queued -> of(queued.progress());
            case Refused refused -> of(refused.progress());
        };
    }

    /// While the running attempt was not at the solver: by the last one that was.
    private static Ending of(Progress progress) {
        return progress.past().reversed().stream()
                .filter(Past::mayBePaid)
                .findFirst()
                .map(last -> last.silent() ? SILENT : IN_THE_QUEUE)
                .orElseGet(() -> neverTaken(progress));
    }

    private static Ending neverTaken(Progress progress) {
        var refusal = progress.refusal();
        return refusal == null
                ? NEVER_ASKED
                : new Ending(Outcome.Failed.SOLVER_UNAVAILABLE, "the solver refused, lastly with " + refusal.error());
    }
}
