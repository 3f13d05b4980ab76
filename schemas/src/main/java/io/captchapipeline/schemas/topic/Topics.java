package io.captchapipeline.schemas.topic;

import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.CallbackHealth;
import io.captchapipeline.schemas.event.DeliverySnapshot;
import io.captchapipeline.schemas.event.FailureDigest;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Overdue;
import io.captchapipeline.schemas.event.Report;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.SolverHealth;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Every topic of the pipeline, in the order a request travels.
public final class Topics {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Retention AN_HOUR = new Retention.For(HOUR, HOUR);
    private static final Retention A_DAY = new Retention.For(DAY, HOUR);
    private static final Retention A_WEEK = new Retention.For(DAY.multipliedBy(7), DAY);
    private static final Retention A_MONTH = new Retention.For(DAY.multipliedBy(30), DAY);
    private static final Retention NEWEST = new Retention.Newest();

    public static final Topic<SubmitRequest> SUBMIT = new Topic<>(
            "captcha-submit",
            SubmitRequest.class,
            "anything",
            "solve this",
            A_WEEK,
            true,
            Topic.SUBMITTED_BY_SCRAPERS,
            false,
            true);
    public static final Topic<Admitted> ADMITTED = audited(
            "captcha-admitted", Admitted.class, "request_id", "a request waits for its turn at the solver", A_WEEK);
    public static final Topic<Tick> CLOCK =
            unaudited("captcha-clock", Tick.class, "partition", "it is this late, for this partition", AN_HOUR, true);
    public static final Topic<byte[]> LINKS =
            unaudited("captcha-links", byte[].class, "an id", "one partition of the ledger tells another", A_DAY, true);
    public static final Topic<Attempt> ATTEMPTS =
            stamped("captcha-attempts", Attempt.class, "request_id", "the solver is being asked now", A_WEEK);
    public static final Topic<Submitted> SUBMITTED =
            stamped("captcha-submitted", Submitted.class, "anything", "the solver took it, as task_id", A_WEEK);
    public static final Topic<Result> RESULTS =
            stamped("captcha-results", Result.class, "request_id", "what came of a task", A_DAY);
    public static final Topic<Overdue> OVERDUE =
            audited("captcha-overdue", Overdue.class, "request_id", "its callback is late: poll the solver", A_WEEK);
    public static final Topic<Outcome> SOLVED = outcomes("captcha-solved", "the one outcome of a request: a solution");
    public static final Topic<Outcome> FAILED =
            outcomes("captcha-failed", "the one outcome of a request: none, and why");
    public static final Topic<Report> REPORTS =
            stamped("captcha-reports", Report.class, "request_id", "whether an answer was any good", A_DAY);
    public static final Topic<Alert> ALERTS =
            audited("captcha-alerts", Alert.class, "alert", "operators should know: firing, resolved", A_MONTH);
    public static final Topic<byte[]> ALERTING_CLOCK = unaudited(
            "captcha-alerting-clock",
            byte[].class,
            "partition",
            "it is this late, for this partition of alerting",
            AN_HOUR,
            true);
    public static final Topic<byte[]> ALERTING_FIGURES = single(
            "captcha-alerting-figures",
            byte[].class,
            "source",
            "a part of what alerts are judged by, on its way to the one that judges",
            A_DAY,
            false);
    public static final Topic<FailureDigest> FAILURE_DIGESTS = single(
            "captcha-failure-digests", FailureDigest.class, "to", "which requests failed within a time", A_WEEK, true);
    public static final Topic<DeliverySnapshot> DELIVERY = unaudited(
            "captcha-delivery", DeliverySnapshot.class, "scope", "how many tasks were called back", NEWEST, false);
    public static final Topic<CallbackHealth> CALLBACK_HEALTH = unaudited(
            "captcha-callback-health", CallbackHealth.class, "instance", "the heartbeat of an ingress", NEWEST, false);
    public static final Topic<SolverHealth> SOLVER_HEALTH = unaudited(
            "captcha-solver-health",
            SolverHealth.class,
            "account",
            "how an account at the solver stands",
            NEWEST,
            false);
    public static final Topic<byte[]> DEAD_LETTERS = audited(
            "captcha-dead-letters", byte[].class, "as found", "a record that nobody could read or handle", A_MONTH);

    private static final List<Topic<?>> ALL = List.of(
            SUBMIT,
            ADMITTED,
            CLOCK,
            LINKS,
            ATTEMPTS,
            SUBMITTED,
            RESULTS,
            OVERDUE,
            SOLVED,
            FAILED,
            REPORTS,
            ALERTS,
            ALERTING_CLOCK,
            ALERTING_FIGURES,
            FAILURE_DIGESTS,
            DELIVERY,
            CALLBACK_HEALTH,
            SOLVER_HEALTH,
            DEAD_LETTERS);

    private Topics() {}

    public static List<Topic<?>> all() {
        return ALL;
    }

    /// All topics, with those that the configured routes have of their own.
    public static List<Topic<?>> all(List<Route> routes) {
        var topics = new ArrayList<>(ALL);
        for (var topic : ALL) {
            if (topic.byRoute()) {
                routes.forEach(route -> topics.add(topic.forRoute(route)));
            }
        }
        return List.copyOf(topics);
    }

    private static <E> Topic<E> audited(String name, Class<E> type, String key, String says, Retention retention) {
        return new Topic<>(name, type, key, says, retention, false, Topic.LARGE, false, true);
    }

    private static <E> Topic<E> stamped(String name, Class<E> type, String key, String says, Retention retention) {
        return new Topic<>(name, type, key, says, retention, true, Topic.LARGE, false, true);
    }

    private static <E> Topic<E> unaudited(
            String name, Class<E> type, String key, String says, Retention retention, boolean stampedByBroker) {
        return new Topic<>(name, type, key, says, retention, stampedByBroker, Topic.LARGE, false, false);
    }

    private static <E> Topic<E> single(
            String name, Class<E> type, String key, String says, Retention retention, boolean audited) {
        return new Topic<>(name, type, key, says, retention, false, Topic.LARGE, false, audited, true);
    }

    private static Topic<Outcome> outcomes(String name, String says) {
        return new Topic<>(name, Outcome.class, "request_id", says, A_DAY, false, Topic.LARGE, true, true);
    }
}
