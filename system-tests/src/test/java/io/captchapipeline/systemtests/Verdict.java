package io.captchapipeline.systemtests;

import static org.awaitility.Awaitility.await;

import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.promise.AcknowledgedIsDurable;
import io.captchapipeline.testkit.promise.EveryRequestEnds;
import io.captchapipeline.testkit.promise.NothingIsStuck;
import io.captchapipeline.testkit.promise.OneOutcome;
import io.captchapipeline.testkit.promise.Origin;
import io.captchapipeline.testkit.promise.Promise;
import io.captchapipeline.testkit.promise.SecretsStay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What became of each promise, once everything that was asked has had its time.
///
/// @param crashes how often alerting had a reason to mail again
/// @param outage for how long a broker may have been away on purpose
record Verdict(World world, Crowd crowd, long crashes, Duration outage) {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration PATIENCE =
            Settings.REQUEST_TIMEOUT.plus(GRACE).plusSeconds(30);
    /// What may carry a solution, because that is what it is for.
    private static final Set<String> CARRY_SOLUTIONS =
            Set.of("captcha-results", "captcha-solved", "captcha-solved." + Settings.ROUTE);

    /// Waits for what is still under way, and says of each promise: held, or what broke it.
    ///
    /// @throws io.captchapipeline.testkit.promise.BrokenPromise naming the ids
    void tell() {
        var requested = requested();
        await("all requests to end")
                .atMost(PATIENCE.plus(outage))
                .until(() -> ends(requested).pending().isEmpty() || done(requested));
        var trail = settledTrail();
        var mails = settledMails();
        await("what ended to be told by any router")
                .atMost(PATIENCE)
                .until(() -> crowd.askers().untold().isEmpty());
        var paid = new Paid(world.kafka(), world.sandbox());
        var promises = new Promise[] {
            acknowledged(),
            oneOutcome(requested),
            ends(requested),
            paid.promise(),
            nothingIsStuck(),
            crowd.askers(),
            paid.order(),
            secretsStay(),
            mails,
            trail
        };
        System.out.println(
                "-- " + requested.size() + " requests, " + crowd.witness().outcomes() + " outcomes, "
                        + trail.rows().size() + " rows, " + mails.received().size() + " mails");
        for (var promise : promises) {
            System.out.printf("%-24s %s%n", promise.name(), promise.broken().isEmpty() ? "held" : "BROKEN");
        }
        if (!crowd.witness().troubles().isEmpty()) {
            throw new AssertionError(
                    "the witness could not read on", crowd.witness().troubles().getFirst());
        }
        Promise.verifyAll(promises);
    }

    private Map<String, Instant> requested() {
        var all = new TreeMap<>(crowd.load().deadlines());
        all.putAll(crowd.strangers().announced());
        return all;
    }

    private boolean done(Map<String, Instant> requested) {
        return requested.keySet().stream().allMatch(crowd.witness()::hasSeen);
    }

    private EveryRequestEnds ends(Map<String, Instant> requested) {
        var promise = new EveryRequestEnds(Instant::now, GRACE.plus(outage));
        requested.forEach(promise::requested);
        crowd.witness().ended().forEach(promise::ended);
        return promise;
    }

    private OneOutcome oneOutcome(Map<String, Instant> requested) {
        requested.keySet().forEach(crowd.witness().oneOutcome()::requested);
        return crowd.witness().oneOutcome();
    }

    /// By id where we called back, by count where the solver did.
    private AcknowledgedIsDurable acknowledged() {
        var promise = new AcknowledgedIsDurable();
        crowd.strangers().acknowledged().forEach(promise::acknowledged);
        long ofSolver = world.sandbox().tasks().callbacksAcknowledged();
        for (long n = 1; n <= ofSolver; n++) {
            promise.acknowledged("acknowledged callback of the solver " + n);
        }
        long n = 0;
        for (var record : world.kafka().committed(Topics.RESULTS.name())) {
            if (Whole.is(record.value())) {
                var result = Wire.decode(Result.class, record.value());
                if (result.source() == Source.CALLBACK && result.attempt() != null) {
                    promise.found("acknowledged callback of the solver " + ++n);
                } else {
                    promise.found(result.requestId().value());
                }
            }
        }
        return promise;
    }

    private NothingIsStuck nothingIsStuck() {
        var promise = new NothingIsStuck();
        crowd.load().poison().forEach((at, value) -> promise.poison(Origin.of(at), value));
        crowd.load().deadlines().keySet().forEach(promise::good);
        crowd.witness().ended().keySet().forEach(promise::cameThrough);
        promise.deadLetters(world.kafka().committed(Topics.DEAD_LETTERS.name()));
        return promise;
    }

    private SecretsStay secretsStay() {
        var promise = new SecretsStay();
        promise.secret("the API key", Settings.API_KEY);
        promise.secret("the callback secret", Settings.CALLBACK_SECRET);
        promise.secret("the audit key", Settings.AUDIT_KEY);
        promise.secret("the API token", Settings.API_TOKEN);
        promise.secret("the mail password", Settings.MAIL_PASSWORD);
        promise.secret("a stranger's ticket", crowd.strangers().ticket());
        promise.secret("a stranger's solution", Strangers.SOLUTION);
        crowd.witness().solutions().forEach(solution -> promise.secret("a solution", solution));
        for (var instance : world.everyone()) {
            promise.search("the output of " + instance.name(), String.join("\n", instance.output()));
        }
        for (var part : Part.values()) {
            world.of(part).forEach(one -> promise.search("the metrics of " + one.name(), one.metrics()));
        }
        world.mail().received().forEach(mail -> promise.search("a mail", mail.raw()));
        world.database().search(promise);
        for (var topic : Topics.all(List.of(new Route(Settings.ROUTE)))) {
            for (var record : world.kafka().committed(topic.name())) {
                if (CARRY_SOLUTIONS.contains(topic.name())) {
                    promise.searchHeaders(record);
                } else {
                    promise.searchRecord(record);
                }
            }
        }
        return promise;
    }

    private TrailComplete settledTrail() {
        return await("the trail to be complete")
                .atMost(PATIENCE.plus(outage))
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> TrailComplete.look(world.kafka(), world.database()),
                        trail -> trail.broken().isEmpty());
    }

    private Mails settledMails() {
        return await("every alert to be mailed")
                .atMost(PATIENCE.plus(outage))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> Mails.look(world, crashes), mails -> mails.broken().isEmpty());
    }
}
