package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the ledger remembers of a request, under `r:`.
///
/// ```
///             refused      due
///          ┌─────────▶ Refused ─┐
///  Waiting ◀────────────────────┘
///     │  ▲└── asked ──▶ Asked ── refused ──▶ Refused
///     │  └── silent, or failed with attempts left, from any
///     └── announced, from any ──▶ Accepted              any ── answered, or the deadline ──▶ Settled
///  Claimed ── granted ──▶ Announced ── answered, or the deadline ──▶ Settled
/// ```
public sealed interface RequestEntry extends Entry permits RequestEntry.Open, RequestEntry.Claimed, Announced, Settled {

    /// Admitted, and without its outcome.
    sealed interface Open extends RequestEntry permits Waiting, Refused, Asked, Accepted {
        Progress progress();

        /// The same state, but for what is known of earlier attempts.
        Open with(Progress progress);

        @Override
        default boolean pending() {
            return true;
        }

        /// The solver took the running attempt.
        default Accepted accepted(Taken taken, Polling polling) {
            return new Accepted(progress(), taken, polling);
        }

        /// The running attempt failed: the next one waits.
        default Waiting failed(@Nullable TaskId taskId) {
            return new Waiting(progress().next(new Past(taskId, since(), true)));
        }

        /// When the running attempt was submitted, as far as is known.
        @Nullable
        Instant since();

        /// Whether the solver was asked for the running attempt.
        boolean asked();
    }

    /// An attempt waits in `captcha-admitted` for its turn.
    record Waiting(Progress progress) implements Open {
        Asked asked(Instant at, Instant silentAt) {
            return new Asked(progress, at, silentAt);
        }

        Refused refused(Refusal refusal, Instant until) {
            return new Refused(progress.refused(refusal), until);
        }

        @Override
        public Waiting with(Progress changed) {
            return new Waiting(changed);
        }

        @Override
        public Instant due() {
            return progress.request().deadline();
        }

        @Override
        public @Nullable Instant since() {
            return null;
        }

        @Override
        public boolean asked() {
            return progress.refusal() != null;
        }
    }

    /// The solver explicitly took nothing; the same attempt waits again at `until`.
    record Refused(Progress progress, Instant until) implements Open {
        Waiting again() {
            return new Waiting(progress);
        }

        @Override
        public Refused with(Progress changed) {
            return new Refused(changed, until);
        }

        @Override
        public Instant due() {
            return progress.request().notAfterDeadline(until);
        }

        @Override
        public @Nullable Instant since() {
            return null;
        }

        @Override
        public boolean asked() {
            return true;
        }
    }

    /// The solver was asked, and nobody knows whether it took the task. Silent from `silentAt` on, which matters only
    /// where another attempt is left.
    record Asked(Progress progress, Instant at, Instant silentAt) implements Open {
        Refused refused(Refusal refusal, Instant until) {
            return new Refused(progress.refused(refusal), until);
        }

        Waiting silent() {
            return new Waiting(progress.next(new Past(null, at, false)));
        }

        @Override
        public Asked with(Progress changed) {
            return new Asked(changed, at, silentAt);
        }

        @Override
        public Instant due() {
            var request = progress.request();
            return progress.attemptsLeft() ? request.notAfterDeadline(silentAt) : request.deadline();
        }

        @Override
        public Instant since() {
            return at;
        }

        @Override
        public boolean asked() {
            return true;
        }
    }

    /// The solver took it and owes an answer.
    record Accepted(Progress progress, Taken taken, Polling polling) implements Open {
        Accepted polled(Polling next) {
            return new Accepted(progress, taken, next);
        }

        @Override
        public Accepted with(Progress changed) {
            return new Accepted(changed, taken, polling);
        }

        @Override
        public Instant due() {
            return polling.due(progress.request().deadline());
        }

        @Override
        public Instant since() {
            return taken.submittedAt();
        }

        @Override
        public boolean asked() {
            return true;
        }
    }

    /// A scraper announced a task under this request's id; the task has not yet said whether it may be so.
    ///
    /// @param until how long the answer is waited for; it is as durable as the question, so this is long
    record Claimed(Foreign foreign, Instant until) implements RequestEntry {
        Announced granted(Polling polling) {
            return new Announced(foreign, polling);
        }

        @Override
        public Instant due() {
            return until;
        }

        @Override
        public boolean pending() {
            return true;
        }
    }
}
