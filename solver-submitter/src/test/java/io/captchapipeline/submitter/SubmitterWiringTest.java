package io.captchapipeline.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.consume.Claim;
import io.captchapipeline.kit.consume.Handled;
import io.captchapipeline.kit.consume.Origin;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.kit.consume.Share;
import io.captchapipeline.kit.health.Health;
import io.captchapipeline.kit.settings.Rate;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.testing.InMemoryClaimant;
import io.captchapipeline.kit.testing.InMemoryContext;
import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Breaker;
import io.captchapipeline.schemas.event.Overdue;
import io.captchapipeline.schemas.event.Report;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.ticket.Ticket;
import io.captchapipeline.schemas.ticket.Tickets;
import io.captchapipeline.schemas.ticket.Verdict;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.testkit.ManualClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The service as it is wired, before topics in memory and a solver that says what it is told to.
class SubmitterWiringTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant DEADLINE = NOW.plusSeconds(180);
    private static final String SECRET = "a secret of at least 16 characters";

    private final ManualClock clock = ManualClock.at(NOW);
    private final InMemoryContext context = new InMemoryContext(Pipeline.SOLVER_SUBMITTER, clock);
    private TestSolver solver;
    private SubmitterSettings settings;
    private Running running;

    @BeforeEach
    void start() throws IOException {
        solver = new TestSolver();
        start(Optional.of(URI.create("https://example.com/callback/")), 1000, 32);
    }

    @AfterEach
    void stop() {
        running.close();
        solver.close();
        context.close();
    }

    // What is posted

    @Test
    void a_request_is_marked_posted_and_its_task_announced() {
        assertThat(offer("r-1")).isInstanceOf(Claim.Take.class);

        assertThat(context.written(Topics.ATTEMPTS)).singleElement().satisfies(attempt -> {
            assertThat(attempt.requestId()).hasToString("r-1");
            assertThat(attempt.attempt()).isEqualTo(1);
            assertThat(attempt.account()).isEqualTo(settings.account());
        });
        assertThat(context.written(Topics.SUBMITTED)).singleElement().satisfies(submitted -> {
            assertThat(submitted.taskId()).hasToString("2122988149");
            assertThat(submitted.requestId()).hasToString("r-1");
            assertThat(submitted.submittedAt()).isEqualTo(NOW);
            assertThat(submitted.deadline()).isEqualTo(DEADLINE);
            assertThat(submitted.account()).isEqualTo(settings.account());
            assertThat(submitted.metadata()).isEqualTo(Map.of("job", "42"));
            assertThat(submitted.callback()).isNull();
        });
        assertThat(solver.submissions())
                .singleElement()
                .satisfies(fields -> assertThat(fields)
                        .containsEntry("key", TestSolver.KEY)
                        .containsEntry("json", "1")
                        .containsEntry("method", "turnstile")
                        .containsAllEntriesOf(Requests.PARAMS));
    }

    @Test
    void the_callback_url_says_whose_answer_comes() {
        offer("r-1");

        var pingback = Objects.requireNonNull(solver.submissions().getFirst().get("pingback"));
        assertThat(pingback).startsWith("https://example.com/callback/v1~").doesNotContain("?");
        var verdict = Tickets.signedWith(List.of(SECRET))
                .check(pingback.substring("https://example.com/callback/".length()), NOW);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Good.class,
                        good -> assertThat(good.ticket()).isInstanceOfSatisfying(Ticket.ForRequest.class, ticket -> {
                            assertThat(ticket.requestId()).hasToString("r-1");
                            assertThat(ticket.attempt()).isEqualTo(1);
                            assertThat(ticket.method()).hasToString("turnstile");
                            assertThat(ticket.route()).hasToString("login");
                            assertThat(ticket.expires()).isEqualTo(NOW.plus(Duration.ofHours(24)));
                        }));
    }

    @Test
    void without_a_callback_url_no_callback_is_promised() {
        restart(Optional.empty(), 1000, 32);
        offer("r-1");

        assertThat(solver.submissions().getFirst()).doesNotContainKey("pingback");
        assertThat(context.written(Topics.SUBMITTED).getFirst().callback()).isFalse();
    }

    @Test
    void an_invalid_request_is_answered_and_never_posted() {
        var claim = admitted().offer(Requests.admitted("r-1", "turnstile", Map.of("pageurl", "s3cr3t"), DEADLINE));

        assertThat(claim).isInstanceOf(Claim.Pass.class);
        assertThat(solver.submissions()).isEmpty();
        assertThat(refusals()).singleElement().satisfies(result -> {
            assertThat(result.error()).isEqualTo("INVALID_REQUEST");
            assertThat(result.errorDetail()).isEqualTo("sitekey is missing");
            assertThat(result.status()).isEqualTo(Status.ERROR);
            assertThat(result.source()).isEqualTo(Source.SUBMIT);
            assertThat(result.mayBeAskedAgain()).isFalse();
        });
    }

    @Test
    void a_file_that_is_none_is_answered_and_gives_its_permit_back() {
        restart(Optional.empty(), 1000, 1);
        for (int i = 0; i < 3; i++) {
            var claim = admitted().offer(Requests.admitted("r-" + i, "post", Map.of("file", "no base64!"), DEADLINE));
            assertThat(claim).isInstanceOf(Claim.Pass.class);
        }

        assertThat(refusals()).extracting(Result.Failed::errorDetail).containsOnly("file is not base64");
        assertThat(solver.submissions()).isEmpty();
    }

    @Test
    void past_its_deadline_nothing_is_posted_and_nothing_said() {
        var claim = admitted().offer(Requests.turnstile("r-1", NOW));

        assertThat(claim).isEqualTo(Claim.pass());
        assertThat(solver.submissions()).isEmpty();
    }

    @Test
    void a_commit_that_took_until_the_deadline_posts_nothing() {
        var taken = (Claim.Take) admitted().ask(Requests.turnstile("r-1", NOW.plusSeconds(1)));
        clock.advance(Duration.ofSeconds(1));
        taken.work().run();

        assertThat(solver.submissions()).isEmpty();
        assertThat(context.metrics().get("captcha.submit.in.flight").gauge().value())
                .isZero();
    }

    // When it is posted

    @Test
    void a_request_waits_for_a_permit_and_is_not_marked() {
        restart(Optional.empty(), 1000, 1);
        var taken = (Claim.Take) admitted().ask(Requests.turnstile("r-1", DEADLINE));

        assertThat(offer("r-2")).isInstanceOf(Claim.Wait.class);
        assertThat(solver.submissions()).isEmpty();

        taken.work().run();
        assertThat(offer("r-2")).isInstanceOf(Claim.Take.class);
        assertThat(solver.submissions()).hasSize(2);
    }

    @Test
    void a_transaction_that_was_not_committed_gives_its_permit_back() {
        restart(Optional.empty(), 1000, 1);
        admitted().offerInVain(Requests.turnstile("r-1", DEADLINE));

        assertThat(solver.submissions()).isEmpty();
        assertThat(offer("r-1")).isInstanceOf(Claim.Take.class);
    }

    @Test
    void the_rate_is_shared_by_owned_partitions() {
        restart(Optional.empty(), 1_000_000, 6);
        admitted().assign(new Share(3, 6));

        for (int i = 0; i < 3; i++) {
            assertThat(admitted().ask(Requests.turnstile("r-" + i, DEADLINE))).isInstanceOf(Claim.Take.class);
        }
        assertThat(admitted().ask(Requests.turnstile("r-4", DEADLINE))).isInstanceOf(Claim.Wait.class);
    }

    // What the solver says

    @ParameterizedTest
    @CsvSource({"ERROR_GOOGLEKEY, ERROR", "ERROR_CAPTCHA_UNSOLVABLE, FAILED", "ERROR_NEVER_HEARD_OF, ERROR"})
    void a_refusal_for_good_is_an_outcome(String code, Status status) {
        solver.answersSubmissions("{\"status\":0,\"request\":\"" + code + "\",\"error_text\":\"because\"}");
        offer("r-1");

        assertThat(refusals()).singleElement().satisfies(result -> {
            assertThat(result.error()).isEqualTo(code);
            assertThat(result.errorDetail()).isEqualTo("because");
            assertThat(result.status()).isEqualTo(status);
            assertThat(result.retryAfterSeconds()).isNull();
            assertThat(result.ticket()).isEqualTo(TicketKind.REQUEST);
            assertThat(result.attempt()).isEqualTo(1);
        });
        assertThat(context.written(Topics.SUBMITTED)).isEmpty();
        assertThat(offer("r-2")).as("others go on").isInstanceOf(Claim.Take.class);
    }

    @ParameterizedTest
    @CsvSource({"ERROR_NO_SLOT_AVAILABLE, 5", "ERROR_ZERO_BALANCE, 60", "MAX_USER_TURN, 10"})
    void a_refusal_for_now_pauses_the_account(String code, int seconds) {
        solver.answersSubmissions(code);
        offer("r-1");

        assertThat(refusals()).singleElement().satisfies(result -> {
            assertThat(result.error()).isEqualTo(code);
            assertThat(result.retryAfterSeconds()).isEqualTo(seconds);
        });
        assertThat(offer("r-2")).isInstanceOf(Claim.Wait.class);
        assertThat(breaker()).isEqualTo(Breaker.CLOSED);

        clock.advance(Duration.ofSeconds(seconds));
        assertThat(offer("r-2")).isInstanceOf(Claim.Take.class);
    }

    @Test
    void too_many_requests_is_a_refusal_for_now() {
        solver.answersSubmissions(429, "");
        offer("r-1");

        assertThat(refusals())
                .singleElement()
                .satisfies(result -> assertThat(result.retryAfterSeconds()).isEqualTo(10));
    }

    @Test
    void a_solver_that_cannot_be_reached_is_a_refusal_for_now() {
        solver.close();
        offer("r-1");

        assertThat(refusals()).singleElement().satisfies(result -> {
            assertThat(result.error()).isEqualTo("SOLVER_UNAVAILABLE");
            assertThat(result.errorDetail()).startsWith("no connection: ");
            assertThat(result.retryAfterSeconds()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @CsvSource({"502, <html></html>", "500, ''", "200, ''", "200, 500 Internal Server Error", "200, '{\"status\":1,'"})
    void of_an_uncertain_post_nothing_is_said(int status, String body) {
        solver.answersSubmissions(status, body);
        offer("r-1");

        assertThat(solver.submissions()).hasSize(1);
        assertThat(context.written(Topics.ATTEMPTS)).hasSize(1);
        assertThat(context.written(Topics.RESULTS)).isEmpty();
        assertThat(context.written(Topics.SUBMITTED)).isEmpty();
        assertThat(count("uncertain")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR_WRONG_USER_KEY", "ERROR_KEY_DOES_NOT_EXIST", "IP_BANNED"})
    void a_refused_account_opens_the_breaker_until_its_balance_is_answered(String code) {
        solver.answersSubmissions(code);
        solver.answers("getbalance", code);
        offer("r-1");

        assertThat(refusals())
                .singleElement()
                .satisfies(result -> assertThat(result.retryAfterSeconds()).isPositive());
        assertThat(offer("r-2")).isInstanceOf(Claim.Wait.class);
        assertThat(health().up()).isFalse();
        assertThat(health().data()).containsEntry("code", code).containsEntry("breaker", "open");

        solver.answersSubmissions("OK|77");
        solver.answers("getbalance", "{\"status\":1,\"request\":\"1.5\"}");
        clock.advance(Duration.ofMinutes(10));
        await().untilAsserted(() -> assertThat(breaker()).isEqualTo(Breaker.CLOSED));
        assertThat(health().up()).isTrue();
        assertThat(admitted().offer(Requests.turnstile("r-2", DEADLINE.plus(Duration.ofMinutes(10)))))
                .isInstanceOf(Claim.Take.class);
        assertThat(context.written(Topics.SUBMITTED)).hasSize(1);
    }

    @Test
    void a_request_in_the_queue_of_a_stopped_account_still_ends_at_its_deadline() {
        solver.answersSubmissions("ERROR_WRONG_USER_KEY");
        offer("r-1");
        clock.advance(Duration.ofMinutes(5));

        assertThat(offer("r-2")).isEqualTo(Claim.pass());
    }

    @Test
    void the_fleet_is_told_how_the_account_stands() {
        await().untilAsserted(() -> assertThat(context.written(Topics.SOLVER_HEALTH))
                .last()
                .satisfies(health -> {
                    assertThat(health.account()).isEqualTo(settings.account());
                    assertThat(health.balance()).isEqualTo(new BigDecimal("9.5"));
                    assertThat(health.breaker()).isEqualTo(Breaker.CLOSED);
                }));
        solver.answersSubmissions("ERROR_GOOGLEKEY");
        offer("r-1");
        await().untilAsserted(() -> assertThat(context.written(Topics.SOLVER_HEALTH))
                .last()
                .satisfies(health -> assertThat(health.refusals()).isEqualTo(Map.of("ERROR_GOOGLEKEY", 1L))));
    }

    // Polls

    @Test
    void a_late_task_is_polled_for_with_its_price() {
        solver.answers("get2", "{\"status\":1,\"request\":\"tok\",\"useragent\":\"UA\",\"price\":\"0.003\"}");
        assertThat(overdue().offer(Requests.overdue("77", 1, settings.account(), NOW)))
                .isInstanceOfSatisfying(
                        Claim.Take.class, take -> assertThat(take.marks()).isEmpty());

        assertThat(solver.questions())
                .singleElement()
                .satisfies(fields ->
                        assertThat(fields).containsEntry("action", "get2").containsEntry("id", "77"));
        assertThat(context.written(Topics.RESULTS))
                .singleElement()
                .isInstanceOfSatisfying(Result.Solved.class, solved -> {
                    assertThat(solved.solution().text()).isEqualTo("tok");
                    assertThat(Objects.requireNonNull(solved.solutionExtra()).text())
                            .isEqualTo("{\"useragent\":\"UA\"}");
                    assertThat(solved.cost()).isEqualTo(new BigDecimal("0.003"));
                    assertThat(solved.source()).isEqualTo(Source.POLL);
                    assertThat(solved.ticket()).isEqualTo(TicketKind.REQUEST);
                    assertThat(solved.attempt()).isEqualTo(1);
                });
    }

    @Test
    void a_solver_without_get2_is_asked_by_get() {
        solver.answers("get", "OK|a|b|c");
        overdue().offer(Requests.overdue("77", 1, null, NOW));
        overdue().offer(Requests.overdue("78", 1, null, NOW));

        assertThat(solver.questions())
                .extracting(fields -> fields.get("action"))
                .containsExactly("get2", "get", "get");
        assertThat(context.written(Topics.RESULTS))
                .first()
                .isInstanceOfSatisfying(
                        Result.Solved.class,
                        solved -> assertThat(solved.solution().text()).isEqualTo("a|b|c"));
    }

    @Test
    void a_task_that_is_not_ready_says_nothing() {
        solver.answers("get2", "{\"status\":0,\"request\":\"CAPCHA_NOT_READY\"}");
        overdue().offer(Requests.overdue("77", 1, null, NOW));

        assertThat(context.written(Topics.RESULTS)).isEmpty();
    }

    @Test
    void an_unsolvable_task_has_failed() {
        solver.answers("get2", "ERROR_CAPTCHA_UNSOLVABLE");
        overdue().offer(Requests.overdue("77", 1, null, NOW));

        assertThat(refusals()).singleElement().satisfies(result -> {
            assertThat(result.status()).isEqualTo(Status.FAILED);
            assertThat(result.source()).isEqualTo(Source.POLL);
            assertThat(result.taskId()).hasToString("77");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR_WRONG_CAPTCHA_ID", "ERROR_WRONG_ID_FORMAT"})
    void a_complaint_about_the_id_ends_the_polling_and_not_the_request(String code) {
        solver.answers("get2", code);
        overdue().offer(Requests.overdue("77", 1, null, NOW));
        var again = overdue().offer(Requests.overdue("77", 2, null, NOW));

        assertThat(again).isEqualTo(Claim.pass());
        assertThat(solver.questions()).hasSize(1);
        assertThat(context.written(Topics.RESULTS)).isEmpty();
        assertThat(breaker()).isEqualTo(Breaker.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR_WRONG_USER_KEY", "ERROR_KEY_DOES_NOT_EXIST", "ERROR: 1003"})
    void a_complaint_about_us_stops_polls_and_posts_and_ends_no_request(String code) {
        solver.answers("get2", code);
        solver.answers("getbalance", code);
        overdue().offer(Requests.overdue("77", 1, null, NOW));
        var another = overdue().offer(Requests.overdue("78", 1, null, NOW));

        assertThat(another).isEqualTo(Claim.pass());
        assertThat(offer("r-1")).isInstanceOf(Claim.Wait.class);
        assertThat(context.written(Topics.RESULTS)).isEmpty();
        assertThat(breaker()).isEqualTo(Breaker.OPEN);
    }

    @Test
    void a_poll_that_is_older_than_the_interval_has_a_successor() {
        solver.answers("get2", "CAPCHA_NOT_READY");

        assertThat(overdue().offer(Requests.overdue("77", 1, null, NOW.minusSeconds(11))))
                .isEqualTo(Claim.pass());
        assertThat(overdue().offer(Requests.overdue("77", 1, null, NOW.minusSeconds(10))))
                .isInstanceOf(Claim.Take.class);
        assertThat(solver.questions()).hasSize(1);
    }

    @Test
    void a_task_is_polled_so_often_and_no_more() {
        solver.answers("get2", "CAPCHA_NOT_READY");

        assertThat(overdue().offer(Requests.overdue("77", 20, null, NOW))).isInstanceOf(Claim.Take.class);
        assertThat(overdue().offer(Requests.overdue("77", 21, null, NOW))).isEqualTo(Claim.pass());
        assertThat(solver.questions()).hasSize(1);
    }

    @Test
    void a_task_of_another_account_is_left_to_it() {
        assertThat(overdue().offer(Requests.overdue("77", 1, new Account("other"), NOW)))
                .isEqualTo(Claim.pass());
        assertThat(solver.questions()).isEmpty();
    }

    @Test
    void polls_need_no_permit_to_post() {
        restart(Optional.empty(), 1000, 1);
        admitted().ask(Requests.turnstile("r-1", DEADLINE));
        solver.answers("get2", "CAPCHA_NOT_READY");

        assertThat(overdue().offer(Requests.overdue("77", 1, null, NOW))).isInstanceOf(Claim.Take.class);
    }

    // Reports

    @ParameterizedTest
    @CsvSource({"true, reportgood", "false, reportbad"})
    void a_report_is_passed_on(boolean good, String action) throws Exception {
        solver.answers(action, "{\"status\":1,\"request\":\"OK_REPORT_RECORDED\"}");

        assertThat(report(good, null)).isEqualTo(Handled.done());
        assertThat(solver.questions())
                .singleElement()
                .satisfies(fields ->
                        assertThat(fields).containsEntry("action", action).containsEntry("id", "77"));
        assertThat(reported("recorded")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "OK_REPORT_RECORDED, recorded",
        "ERROR_DUPLICATE_REPORT, not_recorded",
        "ERROR_REPORT_NOT_RECORDED, not_recorded",
        "REPORT_NOT_RECORDED, not_recorded",
        "ERROR_WRONG_CAPTCHA_ID, not_recorded"
    })
    void whatever_the_solver_makes_of_a_report_it_is_done(String body, String outcome) throws Exception {
        solver.answers("reportbad", body);

        assertThat(report(false, null)).isEqualTo(Handled.done());
        assertThat(reported(outcome)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html></html>", "ERROR_SERVER_ERROR", "ERROR_WRONG_USER_KEY"})
    void a_report_that_was_not_heard_is_made_again(String body) throws Exception {
        solver.answers("reportbad", body);

        assertThat(report(false, null)).isInstanceOf(Handled.RetryAfter.class);
    }

    @Test
    void a_report_that_counts_no_more_and_one_of_another_account_are_done() throws Exception {
        assertThat(report(false, new Account("other"))).isEqualTo(Handled.done());
        var handler = context.handler(Topics.REPORTS, "reports");
        var old = new Received<>(
                reportOf(false, null), new Origin("captcha-reports", 0, 0), NOW.minus(Duration.ofMinutes(16)));

        assertThat(handler.hand(old)).isEqualTo(Handled.done());
        assertThat(solver.questions()).isEmpty();
    }

    @Test
    void metrics_name_only_what_is_known() {
        solver.answersSubmissions("ERROR_MADE_UP");
        admitted().offer(Requests.admitted("r-1", "made_up_method", Map.of("x", "y"), DEADLINE));

        assertThat(context.metrics()
                        .get("captcha.submit.total")
                        .tags("method", "other", "outcome", "refused", "code", "other")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private void start(Optional<URI> callbackUrl, int rate, int concurrency) {
        settings = new SubmitterSettings(
                solver.uri(),
                new Secret(TestSolver.KEY),
                callbackUrl,
                List.of(new Secret(SECRET)),
                Duration.ofHours(24),
                new Rate(rate, Duration.ofSeconds(1)),
                concurrency,
                Duration.ofSeconds(10),
                20,
                new SolverClient.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10)),
                new AccountWatch.Times(Duration.ofSeconds(60), Duration.ofMillis(50)),
                Duration.ofSeconds(60));
        running = SolverSubmitter.wire(settings, context);
        running.start();
    }

    private void restart(Optional<URI> callbackUrl, int rate, int concurrency) {
        running.close();
        start(callbackUrl, rate, concurrency);
    }

    private Claim offer(String id) {
        return admitted().offer(Requests.turnstile(id, DEADLINE));
    }

    private InMemoryClaimant<Admitted> admitted() {
        return context.claimant(Topics.ADMITTED, "");
    }

    private InMemoryClaimant<Overdue> overdue() {
        return context.claimant(Topics.OVERDUE, "polls");
    }

    private Handled report(boolean good, @Nullable Account account) throws Exception {
        return context.handler(Topics.REPORTS, "reports").hand(reportOf(good, account));
    }

    private static Report reportOf(boolean good, @Nullable Account account) {
        return new Report(new TaskId("77"), new RequestId("r-1"), good, account, NOW);
    }

    private List<Result.Failed> refusals() {
        return context.written(Topics.RESULTS).stream()
                .map(Result.Failed.class::cast)
                .toList();
    }

    private Breaker breaker() {
        int before = context.written(Topics.SOLVER_HEALTH).size();
        await().until(() -> context.written(Topics.SOLVER_HEALTH).size() > before);
        return context.written(Topics.SOLVER_HEALTH).getLast().breaker();
    }

    private Health health() {
        return running.checks().stream()
                .filter(check -> check.name().equals("solver"))
                .findFirst()
                .orElseThrow()
                .read()
                .get();
    }

    private double count(String outcome) {
        return context.metrics()
                .get("captcha.submit.total")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double reported(String outcome) {
        return context.metrics()
                .get("captcha.report.total")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
