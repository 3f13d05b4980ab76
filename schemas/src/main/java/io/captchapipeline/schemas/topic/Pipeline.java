package io.captchapipeline.schemas.topic;

import static io.captchapipeline.schemas.topic.Topics.ADMITTED;
import static io.captchapipeline.schemas.topic.Topics.ALERTING_CLOCK;
import static io.captchapipeline.schemas.topic.Topics.ALERTING_FIGURES;
import static io.captchapipeline.schemas.topic.Topics.ALERTS;
import static io.captchapipeline.schemas.topic.Topics.ATTEMPTS;
import static io.captchapipeline.schemas.topic.Topics.CALLBACK_HEALTH;
import static io.captchapipeline.schemas.topic.Topics.CLOCK;
import static io.captchapipeline.schemas.topic.Topics.DEAD_LETTERS;
import static io.captchapipeline.schemas.topic.Topics.DELIVERY;
import static io.captchapipeline.schemas.topic.Topics.FAILED;
import static io.captchapipeline.schemas.topic.Topics.FAILURE_DIGESTS;
import static io.captchapipeline.schemas.topic.Topics.LINKS;
import static io.captchapipeline.schemas.topic.Topics.OVERDUE;
import static io.captchapipeline.schemas.topic.Topics.REPORTS;
import static io.captchapipeline.schemas.topic.Topics.RESULTS;
import static io.captchapipeline.schemas.topic.Topics.SOLVED;
import static io.captchapipeline.schemas.topic.Topics.SOLVER_HEALTH;
import static io.captchapipeline.schemas.topic.Topics.SUBMIT;
import static io.captchapipeline.schemas.topic.Topics.SUBMITTED;

import java.util.List;

/// The whole system on one screen: who reads and writes which topic. The picture in ARCHITECTURE.md is drawn from it,
/// and the kit refuses to open a topic that a service does not declare here.
public final class Pipeline {
    public static final ServiceContract SCRAPERS = new ServiceContract(
            "scrapers", "ask, and take the outcomes", List.of(SOLVED, FAILED), List.of(SUBMIT, SUBMITTED, REPORTS));

    public static final ServiceContract INGRESS_CALLBACK = new ServiceContract(
            "ingress-callback", "callback -> event", List.of(DELIVERY), List.of(RESULTS, CALLBACK_HEALTH));

    public static final ServiceContract SOLVER_SUBMITTER = new ServiceContract(
            "solver-submitter",
            "asks the solver, polls it when its callback is late",
            List.of(ADMITTED, OVERDUE, REPORTS),
            List.of(ATTEMPTS, SUBMITTED, RESULTS, SOLVER_HEALTH, DEAD_LETTERS));

    public static final ServiceContract RESULT_ROUTER = new ServiceContract(
            "result-router",
            "admits once, ends once, keeps the time",
            List.of(SUBMIT, CLOCK, LINKS, ATTEMPTS, SUBMITTED, RESULTS, SOLVED, FAILED),
            List.of(ADMITTED, CLOCK, LINKS, OVERDUE, SOLVED, FAILED, DEAD_LETTERS));

    public static final ServiceContract AUDIT_SINK = new ServiceContract(
            "audit-sink",
            "keeps the trail",
            Topics.all().stream().filter(Topic::audited).toList(),
            List.of());

    public static final ServiceContract ALERTING = new ServiceContract(
            "alerting",
            "delivery rates, alerts, mail",
            List.of(
                    SUBMITTED,
                    RESULTS,
                    SOLVED,
                    FAILED,
                    CALLBACK_HEALTH,
                    SOLVER_HEALTH,
                    DEAD_LETTERS,
                    ALERTING_CLOCK,
                    ALERTING_FIGURES,
                    ALERTS,
                    FAILURE_DIGESTS,
                    DELIVERY),
            List.of(ALERTING_CLOCK, ALERTING_FIGURES, ALERTS, FAILURE_DIGESTS, DELIVERY));

    public static final ServiceContract OPERATORS =
            new ServiceContract("operators", "watch", List.of(ALERTS, DEAD_LETTERS), List.of(REPORTS));

    private Pipeline() {}

    /// Ours, in the order an event travels.
    public static List<ServiceContract> services() {
        return List.of(INGRESS_CALLBACK, SOLVER_SUBMITTER, RESULT_ROUTER, AUDIT_SINK, ALERTING);
    }

    /// Those outside that speak to us by topics.
    public static List<ServiceContract> neighbours() {
        return List.of(SCRAPERS, OPERATORS);
    }
}
