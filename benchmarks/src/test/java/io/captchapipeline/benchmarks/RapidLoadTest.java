package io.captchapipeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RapidLoadTest {
    private static final int RATE = 2_000;

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger came = new AtomicInteger();
    private final AtomicInteger status = new AtomicInteger(200);
    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void serve() {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    came.incrementAndGet();
                    seen.add(request.uri());
                    var _ = request.response().setStatusCode(status.get()).end("taken");
                })
                .listen(0, "127.0.0.1")
                .await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void every_request_is_made_once() throws InterruptedException {
        var targets = IntStream.range(0, RATE).mapToObj(i -> "/r?number=" + i).toList();

        var latencies = load(targets).run(0, 1);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(targets);
        assertThat(came).hasValue(RATE);
        assertThat(latencies.getTotalCount()).isEqualTo(RATE);
    }

    @Test
    void latencies_are_of_what_was_due_after_the_warm_up() throws InterruptedException {
        assertThat(load(List.of("/r")).run(1, 1).getTotalCount()).isEqualTo(RATE);
        assertThat(came).hasValue(2 * RATE);
    }

    @Test
    void an_answer_that_is_no_good_fails_the_run_and_names_itself() {
        status.set(503);

        assertThatThrownBy(() -> load(List.of("/r")).run(0, 1))
                .hasMessageContaining(Integer.toString(RATE))
                .hasMessageContaining("503");
    }

    private RapidLoad load(List<String> targets) {
        return new RapidLoad(targets, server.actualPort(), RATE);
    }
}
