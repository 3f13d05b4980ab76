package io.captchapipeline.submitter;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.ServiceContext;
import io.captchapipeline.kit.ServiceDefinition;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topics;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/// Asks the solver once for each attempt, polls it when a callback is late, tells it whether its answers were any good.
/// What may have been paid is never posted again.
public final class SolverSubmitter {
    public static final ServiceDefinition<?> DEFINITION =
            new ServiceDefinition<>(Pipeline.SOLVER_SUBMITTER, SubmitterSettings::from, SolverSubmitter::wire);

    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    private SolverSubmitter() {}

    public static void main(String[] args) {
        ServiceMain.run(DEFINITION, args);
    }

    /// topics -> HTTP -> event -> topic
    static Running wire(SubmitterSettings settings, ServiceContext context) {
        var clock = context.clock();
        var results = context.publisher(Topics.RESULTS);
        var submitted = context.publisher(Topics.SUBMITTED);
        var health = context.publisher(Topics.SOLVER_HEALTH);

        var watch = new SubmitterWatch(context.metrics());
        var account = new SolverAccount(settings.account(), Instance.name(), settings.probeEvery(), clock);
        var permits = new Permits(settings.rate(), settings.concurrency(), TimeMeter.SYSTEM_NANOTIME);
        watch.watches(account, permits);

        var solver = SolverClient.of(context.vertx(), settings);
        var telling = new Telling(LAST_PATIENCE, watch);
        var answers = new Answers(telling, submitted, results);
        var posting = new Posting(solver, settings.callbacks(), account, answers, watch, clock);
        var polling = new Polling(solver, account, answers, watch, clock);

        return Running.all(
                solver,
                new AccountWatch(context.vertx(), account, solver, health, settings.times()),
                context.claim(Topics.ADMITTED, "", new Submissions(account, permits, posting, watch, clock)),
                context.claim(Topics.OVERDUE, "polls", new Polls(settings.polls(), account, polling, watch, clock)),
                context.consume(
                        Topics.REPORTS, "reports", new Reports(solver, account, watch, clock), settings.reports()),
                telling);
    }
}
