package io.captchapipeline.submitter;

import io.captchapipeline.kit.consume.Handled;
import io.captchapipeline.kit.consume.Handler;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.schemas.event.Report;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes on to the solver whether an answer was any good. Saying so twice does no harm: the solver counts it once.
final class Reports implements Handler<Report> {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    /// Solvers take a report for so long after the submission, which was before it was made.
    private static final Duration WORTH_TELLING = Duration.ofMinutes(15);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final SolverClient solver;
    private final SolverAccount account;
    private final SubmitterWatch watch;
    private final Clock clock;

    Reports(SolverClient solver, SolverAccount account, SubmitterWatch watch, Clock clock) {
        this.solver = solver;
        this.account = account;
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public Handled handle(Received<Report> record) {
        var report = record.event();
        if (report.account() != null && !report.account().equals(account.name())) {
            return done(report, "other_account", null);
        }
        if (clock.instant().isAfter(record.at().plus(WORTH_TELLING))) {
            return done(report, "too_late", null);
        }
        return account.isStopped() ? Handled.retryAfter(PAUSE) : tell(report);
    }

    private Handled tell(Report report) {
        var action = report.good() ? "reportgood" : "reportbad";
        return switch (ReportAnswer.of(
                solver.ask(action, Map.of("id", report.taskId().value())))) {
            case ReportAnswer.Recorded _ -> done(report, "recorded", null);
            case ReportAnswer.NotRecorded not -> done(report, "not_recorded", not.code());
            case ReportAnswer.AccountRefused refused -> {
                account.stopped(refused.code());
                yield Handled.retryAfter(PAUSE);
            }
            case ReportAnswer.Nothing _ -> Handled.retryAfter(PAUSE);
        };
    }

    private Handled done(Report report, String outcome, @Nullable String code) {
        watch.reported(outcome, code);
        LOG.atInfo()
                .addKeyValue("task_id", report.taskId())
                .addKeyValue("good", report.good())
                .addKeyValue("outcome", outcome)
                .addKeyValue("code", code)
                .log("Report handled");
        return Handled.done();
    }
}
