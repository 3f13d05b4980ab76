package io.captchapipeline.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.sandbox.Behaviour;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Envelope;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.submitter.SolverSubmitter;
import io.captchapipeline.testkit.ChildJvm;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.captchapipeline.testkit.promise.EveryRequestEnds;
import io.captchapipeline.testkit.promise.NeverPaidTwice;
import io.captchapipeline.testkit.promise.OneOutcome;
import io.captchapipeline.testkit.promise.Promise;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The submitter is killed with -9 again and again, while it posts to a solver that answers late, loses replies, and
/// forgets or repeats its callbacks.
@WithKafka(own = true)
class SubmitterKilledIT {
    private static final int REQUESTS = 2_000;
    private static final int KILLS = 5;
    private static final int ACCEPTED_BETWEEN_KILLS = 200;
    private static final int TIMEOUT_SECONDS = 300;
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(TIMEOUT_SECONDS).plus(GRACE);

    @TempDir
    private Path data;

    private final Random random = new Random(Long.getLong("seed", 7));
    private final OneOutcome oneOutcome = new OneOutcome();
    private final EveryRequestEnds everyRequestEnds = new EveryRequestEnds(Clock.systemUTC(), GRACE);
    private final NeverPaidTwice neverPaidTwice = new NeverPaidTwice();
    private final KafkaCluster cluster;
    private Deployment deployment;
    private ChildJvm submitter;

    SubmitterKilledIT(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void start() {
        var solver = Behaviour.DEFAULT
                .with("balance", 1000)
                .with("solve_ms", List.of(100, 400))
                .with("reply_delay_ms", 100)
                .with("lose_reply_rate", 0.1)
                .with("drop_callback_rate", 0.05)
                .with("duplicate_rate", 0.1)
                .with("callback_before_reply_rate", 0.2);
        deployment = Deployment.start(
                cluster,
                data,
                solver,
                Map.of(
                        "SUBMIT_RATE", "1000/s",
                        "POLL_AFTER", "2s",
                        "POLL_INTERVAL", "2s",
                        "ATTEMPT_TIMEOUT", ATTEMPT_TIMEOUT.toSeconds() + "s"));
        submitter = deployment.start(SolverSubmitter.class);
    }

    @AfterEach
    void stop() {
        submitter.close();
        deployment.close();
    }

    @Test
    void every_request_has_one_outcome_and_no_attempt_is_paid_twice_while_the_submitter_is_killed() {
        ask();

        for (int i = 0; i < KILLS; i++) {
            awaitMoreAccepted(ACCEPTED_BETWEEN_KILLS + random.nextInt(ACCEPTED_BETWEEN_KILLS / 2));
            submitter.kill();
            submitter = deployment.start(SolverSubmitter.class);
        }
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> outcomes().map(SubmitterKilledIT::id).distinct().count() == REQUESTS);

        assertThat(cluster.readAll(Topics.SOLVED.name())).hasSizeGreaterThan(REQUESTS / 2);
        outcomes().forEach(this::ended);
        whatTheSolverTook();
        whatStayedSilent();
        Promise.verifyAll(oneOutcome, everyRequestEnds, neverPaidTwice);
    }

    private void ask() {
        cluster.produce(IntStream.range(0, REQUESTS).mapToObj(this::request).toList());
        var deadline = Instant.now().plusSeconds(TIMEOUT_SECONDS);
        IntStream.range(0, REQUESTS).mapToObj(i -> "r-" + i).forEach(id -> {
            oneOutcome.requested(id);
            everyRequestEnds.requested(id, deadline);
        });
    }

    /// Keyed by site, as scrapers do.
    private ProducerRecord<byte[], byte[]> request(int number) {
        var key = "site-" + random.nextInt(100);
        var value = """
                {"request_id":"r-%d","method":"turnstile","timeout_seconds":%d,"max_attempts":5,
                 "params":{"sitekey":"0x4AAA","pageurl":"https://example.com"}}""".formatted(number, TIMEOUT_SECONDS);
        return new ProducerRecord<>(Topics.SUBMIT.name(), key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private void awaitMoreAccepted(int more) {
        long goal = deployment.sandbox().tasks().accepted() + more;
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> deployment.sandbox().tasks().accepted() >= goal);
    }

    private Stream<ConsumerRecord<byte[], byte[]>> outcomes() {
        return Stream.of(Topics.SOLVED, Topics.FAILED).flatMap(topic -> cluster.readAll(topic.name()).stream());
    }

    private static String id(ConsumerRecord<byte[], byte[]> outcome) {
        return new String(outcome.headers().lastHeader(Envelope.REQUEST_ID).value(), UTF_8);
    }

    private void ended(ConsumerRecord<byte[], byte[]> outcome) {
        oneOutcome.outcomes(List.of(outcome), SubmitterKilledIT::id);
        everyRequestEnds.ended(id(outcome), Instant.ofEpochMilli(outcome.timestamp()));
    }

    private void whatTheSolverTook() {
        deployment
                .sandbox()
                .tasks()
                .byRequest()
                .forEach((request, paid) ->
                        paid.attempts().forEach((attempt, times) -> neverPaidTwice.accepted(request, attempt, times)));
    }

    /// This solver fails no task, so what was asked again was silent for as long as it may.
    private void whatStayedSilent() {
        var asked = new HashMap<String, Instant>();
        for (var record : cluster.readAll(Topics.ATTEMPTS.name())) {
            asked.put(name(Wire.decode(Topics.ATTEMPTS, record.value())), Instant.ofEpochMilli(record.timestamp()));
        }
        for (var record : cluster.readAll(Topics.ATTEMPTS.name())) {
            var attempt = Wire.decode(Topics.ATTEMPTS, record.value());
            var before = asked.get(attempt.requestId() + " " + (attempt.attempt() - 1));
            if (before != null && !Instant.ofEpochMilli(record.timestamp()).isBefore(before.plus(ATTEMPT_TIMEOUT))) {
                neverPaidTwice.mayBeFollowed(attempt.requestId().value(), attempt.attempt() - 1);
            }
        }
    }

    private static String name(Attempt attempt) {
        return attempt.requestId() + " " + attempt.attempt();
    }
}
