package io.captchapipeline.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.sandbox.Behaviour;
import io.captchapipeline.sandbox.Sandbox;
import io.captchapipeline.sandbox.SandboxConfig;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.testkit.ChildJvm;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.captchapipeline.testkit.promise.NeverPaidTwice;
import io.captchapipeline.testkit.promise.Promise;
import io.captchapipeline.testkit.promise.SecretsStay;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The submitter is killed with -9 again and again while it posts to a solver that answers late and loses replies.
@WithKafka(own = true)
class NeverPaidTwiceIT {
    private static final int REQUESTS = 2000;
    private static final int KILLS = 5;
    private static final int ACCEPTED_BETWEEN_KILLS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern MANAGEMENT_PORT = Pattern.compile("\"management_port\":\"(\\d+)\"");

    @TempDir
    private Path directory;

    private final Random random = new Random(Long.getLong("seed", 7));
    private final SecretsStay secretsStay = new SecretsStay();
    private Pipe pipe;
    private Sandbox sandbox;
    private ChildJvm submitter;

    @BeforeEach
    void start(KafkaCluster kafka) {
        pipe = Pipe.createdOn(kafka);
        sandbox = Sandbox.start(new SandboxConfig(directory, "127.0.0.1", 0));
        sandbox.behaviour(Behaviour.DEFAULT
                .with("balance", 1000)
                .with("drop_callback_rate", 1.0)
                .with("lose_reply_rate", 0.1)
                .with("reply_delay_ms", 50));
        secretsStay.secret("API key", TestSolver.KEY);
        secretsStay.secret("callback secret", "a secret of at least 16 characters");
        submitter = startSubmitter();
    }

    @AfterEach
    void stop() {
        submitter.close();
        sandbox.close();
    }

    @Test
    void killing_the_submitter_pays_no_attempt_twice_and_tells_no_secret() throws Exception {
        pipe.write(
                Topics.ADMITTED,
                IntStream.range(0, REQUESTS)
                        .mapToObj(
                                i -> Requests.turnstile("r-" + i, Instant.now().plus(Duration.ofHours(1))))
                        .toList());
        for (int i = 0; i < KILLS; i++) {
            awaitMoreAccepted(ACCEPTED_BETWEEN_KILLS + random.nextInt(ACCEPTED_BETWEEN_KILLS / 2));
            searchMetrics();
            submitter.kill();
            searchOutput();
            submitter = startSubmitter();
        }
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(attempts()).hasSizeGreaterThanOrEqualTo(REQUESTS));
        await().atMost(PATIENCE).until(() -> metrics().contains("captcha_submit_in_flight 0.0"));

        var attempts = attempts().stream().map(attempt -> attempt.requestId() + " " + attempt.attempt());
        assertThat(attempts).doesNotHaveDuplicates().hasSize(REQUESTS);
        assertThat(submitted()).as("some replies were lost").hasSizeBetween(REQUESTS / 2, REQUESTS - 1);
        searchMetrics();
        submitter.kill();
        searchOutput();
        searchTopics();
        Promise.verifyAll(paid(), secretsStay);
    }

    /// By what the solver says it took.
    private NeverPaidTwice paid() {
        var promise = new NeverPaidTwice();
        sandbox.tasks()
                .byRequest()
                .forEach((request, paid) ->
                        paid.attempts().forEach((attempt, times) -> promise.accepted(request, attempt, times)));
        return promise;
    }

    private void awaitMoreAccepted(int more) {
        long goal = sandbox.tasks().accepted() + more;
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> sandbox.tasks().accepted() >= goal);
    }

    private ChildJvm startSubmitter() {
        return ChildJvm.start(
                SolverSubmitter.class,
                pipe.settings(
                        URI.create("http://127.0.0.1:" + sandbox.port()),
                        Map.of(
                                "CALLBACK_URL", "http://127.0.0.1:9/callback",
                                "SUBMIT_RATE", "1000/s",
                                "SUBMIT_CONCURRENCY", "32",
                                "LOG_FORMAT", "json",
                                "LOG_LEVEL", "debug")));
    }

    private List<Attempt> attempts() {
        return pipe.read(Topics.ATTEMPTS);
    }

    private List<Submitted> submitted() {
        return pipe.read(Topics.SUBMITTED);
    }

    private void searchOutput() {
        assertThat(submitter.lines()).isNotEmpty();
        submitter.lines().forEach(line -> secretsStay.search("output", line));
    }

    private void searchMetrics() throws IOException, InterruptedException {
        secretsStay.search("metrics", metrics());
    }

    private void searchTopics() {
        Stream.<Topic<?>>of(
                        Topics.ATTEMPTS, Topics.SUBMITTED, Topics.RESULTS, Topics.SOLVER_HEALTH, Topics.DEAD_LETTERS)
                .flatMap(topic -> pipe.kafka().readAll(topic.name()).stream())
                .forEach(secretsStay::searchRecord);
    }

    private String metrics() throws IOException, InterruptedException {
        var line = submitter.awaitLine(text -> MANAGEMENT_PORT.matcher(text).find());
        var port = MANAGEMENT_PORT
                .matcher(line)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        try (var http = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + port + "/metrics");
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
