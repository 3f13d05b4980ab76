package io.captchapipeline.submitter;

import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts one request, and tells what the solver made of it. Of an uncertain post nothing is told: its callback or the
/// ledger's clock settles it.
final class Posting {
    private static final Logger LOG = LoggerFactory.getLogger(Posting.class);

    private final SolverClient solver;
    private final Callbacks callbacks;
    private final SolverAccount account;
    private final Answers answers;
    private final SubmitterWatch watch;
    private final Clock clock;

    Posting(
            SolverClient solver,
            Callbacks callbacks,
            SolverAccount account,
            Answers answers,
            SubmitterWatch watch,
            Clock clock) {
        this.solver = solver;
        this.callbacks = callbacks;
        this.account = account;
        this.answers = answers;
        this.watch = watch;
        this.clock = clock;
    }

    void post(Admitted request, Permit permit) {
        var askedAt = clock.instant();
        var began = System.nanoTime();
        var submission = Submission.of(solver.submit(request, callbacks.urlFor(request, askedAt)));
        permit.answered();
        watch.posted(request.method(), submission, Duration.ofNanos(System.nanoTime() - began));
        settle(request, submission, askedAt);
    }

    private void settle(Admitted request, Submission submission, Instant askedAt) {
        switch (submission) {
            case Submission.Accepted accepted -> accepted(request, accepted.taskId(), askedAt);
            case Submission.Refused refused -> {
                account.refused(refused.code());
                answers.tell(Results.refused(request, refused, clock.instant()));
            }
            case Submission.AskAgain again -> {
                var wait = account.refused(again.code(), again.pause(), askedAt);
                answers.tell(Results.again(request, again.code(), again.detail(), wait, clock.instant()));
            }
            case Submission.Stop stop -> {
                var wait = account.stopped(stop.code());
                answers.tell(Results.again(request, stop.code().code(), stop.detail(), wait, clock.instant()));
            }
            case Submission.Uncertain uncertain ->
                LOG.atWarn()
                        .addKeyValue("request_id", request.requestId())
                        .addKeyValue("attempt", request.attempt())
                        .addKeyValue("why", uncertain.why())
                        .log("Nobody knows whether the solver took this attempt; it is not posted again");
        }
    }

    private void accepted(Admitted request, TaskId taskId, Instant askedAt) {
        account.accepted(askedAt);
        answers.tell(new Submitted(
                taskId,
                request.requestId(),
                request.method(),
                request.route(),
                request.attempt(),
                askedAt,
                request.deadline(),
                account.name(),
                request.metadata(),
                callbacks.expected() ? null : false));
    }
}
