package io.captchapipeline.router.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.http.BearerToken;
import io.captchapipeline.kit.http.HttpService;
import io.captchapipeline.kit.http.HttpService.Listen;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.router.ledger.LedgerKey;
import io.captchapipeline.router.ledger.TaskEntry;
import io.captchapipeline.router.view.Waiters;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.TaskId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the results API answers, over HTTP, from stores that the test fills.
class ResultsApiTest {
    private static final Secret TOKEN = new Secret("the token of the test");
    private static final HostInfo SELF = new HostInfo("127.0.0.1", 1);
    private static final String SOLVED = "{\"request_id\":\"r-1\",\"status\":\"solved\",\"solution\":\"abc\"}";
    private static final int MOST_WAITERS = 3;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ShelvesInMemory shelves = new ShelvesInMemory(SELF);
    private final Waiters waiters = new Waiters(MOST_WAITERS, new SimpleMeterRegistry());
    private final Instant now = Instant.parse("2026-11-01T12:00:00Z");
    private Inquiry inquiry;
    private HttpService http;

    @BeforeEach
    void start() {
        var peers = new Peers(vertx, URI.create("http://127.0.0.1:1"), Optional.of(TOKEN));
        var often = new Inquiry.Pace(Duration.ofMillis(5), Duration.ofMillis(5));
        inquiry = new Inquiry(vertx, new Shelves(shelves, shelves, SELF), peers, waiters, () -> now, often);
        var api = new ResultsApi(vertx, inquiry, new BearerToken(Optional.of(TOKEN)));
        http = HttpService.on(vertx, Listen.on("127.0.0.1", 0, Catalogue.RESULTS_PORT), api::router);
        http.start();
    }

    @AfterEach
    void stop() {
        inquiry.close();
        client.shutdownNow();
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void an_outcome_is_told_as_it_was_written() {
        shelves.outcome("r-1", SOLVED);

        var answer = get("/results/r-1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEqualTo(SOLVED);
    }

    @Test
    void a_known_id_without_an_outcome_is_pending() {
        pendingTask("7");

        var answer = get("/results/7");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"status\":\"pending\",\"id\":\"7\"}");
    }

    @Test
    void an_unknown_id_is_a_problem_at_once_without_a_wait() {
        var answer = get("/results/nobody");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void an_unknown_id_is_waited_for_like_a_pending_one() {
        var answer = getting("/results/r-1?wait=60s");
        awaitWaiters(1);

        shelves.outcome("r-1", SOLVED);

        assertThat(answer.join().statusCode()).isEqualTo(200);
        awaitWaiters(0);
    }

    @Test
    void a_wait_ends_with_what_is_known_by_then() {
        pendingTask("7");

        assertThat(get("/results/7?wait=50ms").statusCode()).isEqualTo(202);
        assertThat(get("/results/nobody?wait=50ms").statusCode()).isEqualTo(404);
        assertThat(waiters.count()).isZero();
    }

    @Test
    void a_task_tells_the_outcome_of_its_request() {
        shelves.entry(LedgerKey.of(new TaskId("7")), new TaskEntry.Alias(new RequestId("r-1"), now));
        assertThat(get("/results/7").statusCode()).isEqualTo(404);

        shelves.outcome("r-1", SOLVED);

        assertThat(get("/results/7").body()).isEqualTo(SOLVED);
    }

    @Test
    void several_ids_are_told_each_as_it_stands() {
        shelves.outcome("r-1", SOLVED);
        pendingTask("7");

        var answer = get("/results?ids=r-1,7,nobody");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"results\":{\"r-1\":" + SOLVED
                        + ",\"7\":{\"status\":\"pending\"},\"nobody\":{\"status\":\"unknown\"}}}");
    }

    @Test
    void while_nobody_has_the_partition_or_it_is_restored_the_caller_shall_come_again() {
        shelves.ownedBy(null);
        assertComeAgain(get("/results/r-1"));
        assertComeAgain(get("/results?ids=r-1,r-2"));
        shelves.ownedBy(SELF);
        shelves.restore();
        assertComeAgain(get("/results/r-1?wait=10s"));
    }

    @Test
    void an_instance_that_does_not_answer_is_like_a_moving_partition() {
        shelves.ownedBy(new HostInfo("127.0.0.1", 1_024));

        assertComeAgain(get("/results/r-1"));
    }

    @Test
    void more_than_so_many_are_not_let_wait() {
        for (int i = 0; i < MOST_WAITERS; i++) {
            var _ = getting("/results/r-" + i + "?wait=60s");
        }
        awaitWaiters(MOST_WAITERS);

        assertComeAgain(get("/results/r-9?wait=60s"));
        assertThat(get("/results/r-9").statusCode()).isEqualTo(404);
    }

    @Test
    void one_who_waits_has_one_place_however_often_the_stores_are_looked_at() {
        var answer = getting("/results/r-1?wait=60s");
        awaitWaiters(1);
        var looks = shelves.looks();

        await().until(() -> shelves.looks() > looks + 20);

        assertThat(waiters.count()).isOne();
        assertThat(answer).isNotDone();
        shelves.outcome("r-1", SOLVED);
        assertThat(answer.join().statusCode()).isEqualTo(200);
        awaitWaiters(0);
    }

    @Test
    void one_who_waits_by_a_task_has_one_place_too_and_is_told_of_its_request() {
        shelves.entry(LedgerKey.of(new TaskId("7")), new TaskEntry.Alias(new RequestId("r-1"), now));
        var answer = getting("/results/7?wait=60s");
        awaitWaiters(1);
        var looks = shelves.looks();

        await().until(() -> shelves.looks() > looks + 20);

        assertThat(waiters.count()).isOne();
        shelves.outcome("r-1", SOLVED);
        assertThat(answer.join().body()).isEqualTo(SOLVED);
        awaitWaiters(0);
    }

    @Test
    void an_alias_that_leads_to_itself_or_around_in_a_circle_is_followed_once() {
        shelves.entry(LedgerKey.of(new TaskId("own")), new TaskEntry.Alias(new RequestId("own"), now));
        shelves.entry(LedgerKey.of(new TaskId("a")), new TaskEntry.Alias(new RequestId("b"), now));
        shelves.entry(LedgerKey.of(new TaskId("b")), new TaskEntry.Alias(new RequestId("a"), now));

        assertThat(get("/results/own").statusCode()).isEqualTo(404);
        assertThat(get("/results/a").statusCode()).isEqualTo(404);
    }

    @Test
    void a_caller_who_leaves_frees_the_place() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
            socket.getOutputStream()
                    .write(("GET /results/r-1?wait=100s HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer "
                                    + TOKEN.value() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            awaitWaiters(1);
        }

        awaitWaiters(0);
    }

    @Test
    void who_waits_while_the_instance_stops_is_sent_elsewhere() {
        var answer = getting("/results/r-1?wait=60s");
        awaitWaiters(1);

        inquiry.close();

        assertComeAgain(answer.join());
    }

    @Test
    void without_the_token_nothing_is_told() {
        shelves.outcome("r-1", SOLVED);

        for (var path : new String[] {"/results/r-1", "/results?ids=r-1", "/internal/ledger/r-1"}) {
            var request = HttpRequest.newBuilder(uri(path)).build();
            assertThat(client.sendAsync(request, BodyHandlers.ofString()).join().statusCode())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/results/a%20b, 400",
        "/results/r-1?wait=soon, 400",
        "/results/r-1?wait=-1s, 400",
        "/results, 400",
        "/results?ids=a%2C%2Cb, 400",
        "/elsewhere, 404"
    })
    void nonsense_is_refused_with_a_reason(String path, int status) {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    private void pendingTask(String id) {
        shelves.entry(LedgerKey.of(new TaskId(id)), new TaskEntry.Alias(new RequestId(id), now));
        shelves.entry(LedgerKey.of(new RequestId(id)), new TaskEntry.Alias(new RequestId(id), now));
    }

    private void awaitWaiters(int count) {
        await().until(() -> waiters.count() == count);
    }

    private static void assertComeAgain(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private HttpResponse<String> get(String path) {
        return getting(path).join();
    }

    private CompletableFuture<HttpResponse<String>> getting(String path) {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + TOKEN.value())
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + http.port() + path);
    }
}
