package io.captchapipeline.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.RunningServices;
import io.captchapipeline.kit.ServiceDefinition;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.sandbox.Behaviour;
import io.captchapipeline.sandbox.Sandbox;
import io.captchapipeline.sandbox.SandboxConfig;
import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Breaker;
import io.captchapipeline.schemas.event.Overdue;
import io.captchapipeline.schemas.event.Report;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service between a real broker and the sandbox solver, which speaks the real protocol. Each test has requests of
/// its own, on topics that all share.
@WithKafka(own = true)
class SubmitterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Behaviour SOLVES_AT_ONCE = Behaviour.DEFAULT.with("solve_ms", List.of(0, 0));
    /// As in production, but that nobody waits a minute for a probe.
    private static final ServiceDefinition<?> DEFINITION = new ServiceDefinition<>(
            Pipeline.SOLVER_SUBMITTER, settings -> impatient(SubmitterSettings.from(settings)), SolverSubmitter::wire);

    private static Pipe pipe;

    @TempDir
    private Path directory;

    private final String test = UUID.randomUUID().toString();
    private Sandbox sandbox;
    private RunningServices service;

    @BeforeAll
    static void topics(KafkaCluster kafka) {
        pipe = Pipe.createdOn(kafka);
    }

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(new SandboxConfig(directory, "127.0.0.1", 0));
        sandbox.behaviour(SOLVES_AT_ONCE);
        service = startService(Map.of());
    }

    @AfterEach
    void stop() {
        service.close();
        sandbox.close();
    }

    @Test
    void what_is_admitted_is_marked_accepted_once_and_announced() {
        var requests = requests(30);
        pipe.write(Topics.ADMITTED, requests);

        soon().untilAsserted(() -> assertThat(submitted()).hasSize(30));
        assertThat(attempts()).isEqualTo(30);
        assertThat(sandbox.tasks().accepted()).isEqualTo(30);
        assertThat(submitted()).extracting(Submitted::callback).containsOnly(false);
        assertThat(results()).isEmpty();
    }

    @Test
    void a_task_knows_by_its_ticket_whose_it_is() {
        service.close();
        service = startService(Map.of("CALLBACK_URL", "http://127.0.0.1:9/callback"));
        pipe.write(Topics.ADMITTED, requests(3));

        soon().untilAsserted(() -> assertThat(submitted()).hasSize(3));
        assertThat(sandbox.tasks().byRequest().keySet())
                .containsExactlyInAnyOrder(test + "-0", test + "-1", test + "-2");
        assertThat(sandbox.tasks().byRequest().values())
                .allSatisfy(paid -> assertThat(paid.attempts()).isEqualTo(Map.of(1, 1)));
        assertThat(submitted()).extracting(Submitted::callback).containsOnlyNulls();
    }

    @Test
    void what_the_solver_refuses_is_answered_with_its_code() {
        pipe.write(
                Topics.ADMITTED,
                List.of(Requests.admitted(test, "turnstile", Map.of("sitekey", "k", "pageurl", "no url"), inAnHour())));

        soon().untilAsserted(() -> assertThat(results()).singleElement().satisfies(result -> {
            assertThat(((Result.Failed) result).error()).isEqualTo("ERROR_PAGEURL");
            assertThat(((Result.Failed) result).mayBeAskedAgain()).isFalse();
        }));
        assertThat(sandbox.tasks().accepted()).isZero();
    }

    @Test
    void what_cannot_be_posted_is_answered_without_an_attempt() {
        pipe.write(Topics.ADMITTED, List.of(Requests.admitted(test, "turnstile", Map.of("key", "mine"), inAnHour())));

        soon().untilAsserted(() -> assertThat(results())
                .singleElement()
                .satisfies(
                        result -> assertThat(((Result.Failed) result).error()).isEqualTo("INVALID_REQUEST")));
        assertThat(attempts()).isZero();
    }

    @Test
    void a_solver_without_room_is_asked_again_later() {
        sandbox.behaviour(SOLVES_AT_ONCE.with("no_slot_rate", 1.0));
        pipe.write(Topics.ADMITTED, requests(1));

        soon().untilAsserted(() -> assertThat(results()).singleElement().satisfies(result -> {
            assertThat(((Result.Failed) result).error()).isEqualTo("ERROR_NO_SLOT_AVAILABLE");
            assertThat(((Result.Failed) result).retryAfterSeconds()).isEqualTo(5);
        }));
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void an_account_without_money_is_asked_again_later() {
        sandbox.behaviour(SOLVES_AT_ONCE.with("balance", 0));
        pipe.write(Topics.ADMITTED, requests(1));

        soon().untilAsserted(() -> assertThat(results()).singleElement().satisfies(result -> {
            assertThat(((Result.Failed) result).error()).isEqualTo("ERROR_ZERO_BALANCE");
            assertThat(((Result.Failed) result).retryAfterSeconds()).isEqualTo(60);
        }));
    }

    @Test
    void what_is_uncertain_is_never_posted_again() {
        sandbox.behaviour(SOLVES_AT_ONCE.with("http_500_rate", 1.0));
        pipe.write(Topics.ADMITTED, requests(20));
        soon().untilAsserted(() -> assertThat(attempts()).isEqualTo(20));

        service.close();
        sandbox.behaviour(SOLVES_AT_ONCE);
        long acceptedBefore = sandbox.tasks().accepted();
        service = startService(Map.of());
        var last = Requests.turnstile(test + "-last", inAnHour());
        pipe.write(Topics.ADMITTED, List.of(last));

        soon().untilAsserted(() ->
                assertThat(submitted()).extracting(Submitted::requestId).containsExactly(last.requestId()));
        assertThat(sandbox.tasks().accepted()).isEqualTo(acceptedBefore + 1).isLessThan(21);
        assertThat(results()).isEmpty();
    }

    @Test
    void a_refused_key_keeps_requests_in_the_queue_until_it_is_mended() {
        sandbox.behaviour(SOLVES_AT_ONCE.with("fail_rate", 1.0).with("error_code", "ERROR_KEY_DOES_NOT_EXIST"));
        pipe.write(Topics.ADMITTED, requests(100));
        soon().untilAsserted(() -> assertThat(breakers()).contains(Breaker.OPEN));
        soon().untilAsserted(() -> assertThat(service.isReady()).isFalse());
        assertThat(attempts()).isPositive().isLessThan(100);

        sandbox.behaviour(SOLVES_AT_ONCE);
        soon().untilAsserted(
                        () -> assertThat(submitted().size() + results().size()).isEqualTo(100));
        assertThat(results())
                .isNotEmpty()
                .allSatisfy(result ->
                        assertThat(((Result.Failed) result).mayBeAskedAgain()).isTrue());
        assertThat(sandbox.tasks().accepted()).isEqualTo(submitted().size());
        soon().untilAsserted(() -> assertThat(service.isReady()).isTrue());
    }

    @Test
    void without_a_callback_url_polls_bring_the_solution() {
        pipe.write(Topics.ADMITTED, requests(1));
        soon().untilAsserted(() -> assertThat(submitted()).hasSize(1));
        var task = submitted().getFirst();
        pipe.write(
                Topics.OVERDUE,
                List.of(new Overdue(
                        task.identity(),
                        task.taskId(),
                        1,
                        1,
                        task.method(),
                        task.route(),
                        task.account(),
                        Instant.now())));

        soon().untilAsserted(() -> assertThat(results())
                .singleElement()
                .isInstanceOfSatisfying(Result.Solved.class, solved -> {
                    assertThat(solved.source()).isEqualTo(Source.POLL);
                    assertThat(solved.taskId()).isEqualTo(task.taskId());
                    assertThat(solved.solution().text()).isNotBlank();
                    assertThat(solved.cost()).isEqualTo(new BigDecimal("0.00299"));
                }));
    }

    @Test
    void a_report_reaches_the_solver() {
        pipe.write(Topics.ADMITTED, requests(1));
        soon().untilAsserted(() -> assertThat(submitted()).hasSize(1));
        var task = submitted().getFirst();
        soon().until(() -> sandbox.tasks().solved() == 1);
        var report = new Report(task.taskId(), task.identity(), false, task.account(), Instant.now());
        pipe.write(Topics.REPORTS, List.of(report, report));

        soon().untilAsserted(() -> assertThat(metrics())
                .contains("captcha_report_total{code=\"none\",outcome=\"recorded\"} 1.0")
                .contains("captcha_report_total{code=\"ERROR_DUPLICATE_REPORT\",outcome=\"not_recorded\"} 1.0"));
    }

    @Test
    void the_metrics_of_a_submission_are_there_by_name() throws Exception {
        pipe.write(Topics.ADMITTED, requests(2));
        soon().untilAsserted(() -> assertThat(submitted()).hasSize(2));

        assertThat(metrics())
                .contains("captcha_submit_total{code=\"none\",method=\"turnstile\",outcome=\"accepted\"} 2.0")
                .contains("captcha_submit_seconds_count 2")
                .contains("captcha_submit_in_flight 0.0")
                .contains("captcha_solver_breaker 0.0")
                .contains("captcha_solver_balance ");
    }

    private RunningServices startService(Map<String, String> more) {
        var solver = URI.create("http://127.0.0.1:" + sandbox.port());
        var lifted = new HashMap<>(Map.of("SUBMIT_RATE", "500/s", "SUBMIT_CONCURRENCY", "8"));
        lifted.putAll(more);
        return ServiceMain.runAll(List.of(DEFINITION), Environment.of(pipe.settings(solver, lifted)));
    }

    private static SubmitterSettings impatient(SubmitterSettings usual) {
        return new SubmitterSettings(
                usual.solver(),
                usual.key(),
                usual.callbackUrl(),
                usual.callbackSecrets(),
                usual.ticketLife(),
                usual.rate(),
                usual.concurrency(),
                usual.pollInterval(),
                usual.mostPolls(),
                usual.timeouts(),
                new AccountWatch.Times(Duration.ofSeconds(60), Duration.ofMillis(200)),
                Duration.ofMillis(500));
    }

    private List<Admitted> requests(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Requests.turnstile(test + "-" + i, inAnHour()))
                .toList();
    }

    private List<Submitted> submitted() {
        return pipe.read(Topics.SUBMITTED).stream()
                .filter(event -> isOurs(event.identity().value()))
                .toList();
    }

    private List<Result> results() {
        return pipe.read(Topics.RESULTS).stream()
                .filter(event -> isOurs(event.requestId().value()))
                .toList();
    }

    private long attempts() {
        return pipe.read(Topics.ATTEMPTS).stream()
                .filter(event -> isOurs(event.requestId().value()))
                .count();
    }

    private Stream<Breaker> breakers() {
        return pipe.read(Topics.SOLVER_HEALTH).stream().map(health -> health.breaker());
    }

    private boolean isOurs(String requestId) {
        return requestId.startsWith(test);
    }

    private String metrics() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + service.managementPort() + "/metrics");
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static Instant inAnHour() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    private static ConditionFactory soon() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200));
    }
}
