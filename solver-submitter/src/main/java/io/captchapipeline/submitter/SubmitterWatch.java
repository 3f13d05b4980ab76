package io.captchapipeline.submitter;

import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.solver.SolverCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Feeds the metrics. Labels hold methods and codes that we know, and `other` for what scrapers and solvers make up.
final class SubmitterWatch {
    private static final String OTHER = "other";
    private static final String NONE = "none";

    private final MeterRegistry metrics;

    SubmitterWatch(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /// How the account and the permits stand.
    void watches(SolverAccount account, Permits permits) {
        Gauge.builder("captcha.submit.in.flight", permits, Permits::posting)
                .description("Posts that are not answered yet")
                .register(metrics);
        Gauge.builder("captcha.submit.untold", permits, it -> it.given() - it.posting())
                .description("Answers of the solver that are not on their topic yet")
                .register(metrics);
        Gauge.builder("captcha.solver.balance", account, SubmitterWatch::balance)
                .description("Balance of the account, as last heard")
                .register(metrics);
        Gauge.builder("captcha.solver.breaker", account, SubmitterWatch::breaker)
                .description("0 closed, 1 open, 2 half open")
                .register(metrics);
    }

    /// A post and what the solver made of it.
    void posted(Method method, Submission submission, Duration time) {
        count(method, outcome(submission), code(submission));
        Timer.builder("captcha.submit")
                .description("From the post to the solver's answer")
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20))
                .register(metrics)
                .record(time);
    }

    /// A request that was not posted, and why.
    void notPosted(Method method, NotPosted why) {
        count(method, why.label(), NONE);
    }

    void held(Grant.Reason reason) {
        counter(
                "captcha.submit.holds.total",
                "Looks at a request that had to stay in the queue",
                "reason",
                reason.label());
    }

    void polled(String outcome, @Nullable String code) {
        counter(
                "captcha.poll.total",
                "Polls, and those that were passed over",
                "outcome",
                outcome,
                "code",
                known(code));
    }

    void reported(String outcome, @Nullable String code) {
        counter("captcha.report.total", "Reports on answers", "outcome", outcome, "code", known(code));
    }

    /// An answer that the broker would not take.
    void lost(String event) {
        counter(
                "captcha.submit.lost.total",
                "Answers of the solver that could not be put on their topic",
                "event",
                event);
    }

    private void count(Method method, String outcome, String code) {
        counter(
                "captcha.submit.total",
                "Requests by what became of them here",
                "method",
                RequiredParams.knownMethods().contains(method.value()) ? method.value() : OTHER,
                "outcome",
                outcome,
                "code",
                code);
    }

    private void counter(String name, String description, String... tags) {
        Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(metrics)
                .increment();
    }

    private static String outcome(Submission submission) {
        return switch (submission) {
            case Submission.Accepted _ -> "accepted";
            case Submission.Refused _ -> "refused";
            case Submission.AskAgain _ -> "ask_again";
            case Submission.Stop _ -> "stop";
            case Submission.Uncertain _ -> "uncertain";
        };
    }

    private static String code(Submission submission) {
        return switch (submission) {
            case Submission.Accepted _, Submission.Uncertain _ -> NONE;
            case Submission.Refused refused -> known(refused.code());
            case Submission.AskAgain again -> known(again.code());
            case Submission.Stop stop -> known(stop.code().code());
        };
    }

    private static String known(@Nullable String code) {
        if (code == null) {
            return NONE;
        }
        var isKnown = SolverCode.known().containsKey(code) || code.equals(Submission.UNAVAILABLE);
        return isKnown ? code : OTHER;
    }

    private static double breaker(SolverAccount account) {
        return switch (account.standing().breaker()) {
            case CLOSED -> 0;
            case OPEN -> 1;
            case HALF_OPEN -> 2;
        };
    }

    private static double balance(SolverAccount account) {
        var balance = account.balance();
        return balance == null ? Double.NaN : balance.doubleValue();
    }
}
