package io.captchapipeline.submitter;

import io.captchapipeline.schemas.event.Breaker;
import io.captchapipeline.schemas.solver.SolverCode;
import java.time.Duration;
import java.time.Instant;

/// How our account stands with the solver.
sealed interface Standing {
    Breaker breaker();

    static Standing fresh() {
        return new Asked(0, Instant.EPOCH, Instant.EPOCH, 0);
    }

    /// It may be asked, once a pause is over.
    ///
    /// @param refusals in a row; those of posts that were under way together count as one
    /// @param refusedAt when the last of them began the pause
    /// @param stops how often the solver stopped us without having taken a task since
    record Asked(int refusals, Instant refusedAt, Instant pausedUntil, int stops) implements Standing {
        Asked accepted(Instant askedAt) {
            var isNews = (refusals > 0 || stops > 0) && !askedAt.isBefore(refusedAt);
            return isNews ? new Asked(0, refusedAt, pausedUntil, 0) : this;
        }

        Asked refused(Pause pause, Instant askedAt, Instant now) {
            return askedAt.isBefore(refusedAt)
                    ? this
                    : new Asked(refusals + 1, now, later(pausedUntil, now.plus(pause.after(refusals))), stops);
        }

        Stopped stopped(SolverCode code, Duration probeEvery, Instant now) {
            return new Stopped(code.code(), now, now.plus(Stopped.pause(code, probeEvery, stops)), stops + 1);
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }

        @Override
        public Breaker breaker() {
            return Breaker.CLOSED;
        }
    }

    /// It may not be asked until a call that costs nothing has gone well.
    record Stopped(String code, Instant since, Instant probeAt, int stops) implements Standing {
        private static final int MOST_DOUBLINGS = 4;

        Probed probed() {
            return new Probed(this);
        }

        /// As long as the solver says; where it does not say, seldomer each time.
        private static Duration pause(SolverCode code, Duration probeEvery, int stops) {
            var seldom = probeEvery.multipliedBy(1L << Math.min(stops, MOST_DOUBLINGS));
            return code.pause().isZero() ? seldom : code.pause();
        }

        @Override
        public Breaker breaker() {
            return Breaker.OPEN;
        }
    }

    /// That call is under way.
    record Probed(Stopped before) implements Standing {
        Asked wentWell(Instant now) {
            return new Asked(0, now, now, before.stops());
        }

        Stopped stoppedAgain(SolverCode code, Duration probeEvery, Instant now) {
            var probeAt = now.plus(Stopped.pause(code, probeEvery, before.stops()));
            return new Stopped(code.code(), before.since(), probeAt, before.stops() + 1);
        }

        Stopped noAnswer(Duration probeEvery, Instant now) {
            return new Stopped(before.code(), before.since(), now.plus(probeEvery), before.stops());
        }

        @Override
        public Breaker breaker() {
            return Breaker.HALF_OPEN;
        }
    }
}
