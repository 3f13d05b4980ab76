package io.captchapipeline.router.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.router.api.Shelves.Heard;
import io.captchapipeline.router.view.Waiters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Questions that another instance has to answer: one that lets waits wait, and answers short calls.
class PeersTest {
    private static final HostInfo SELF = new HostInfo("127.0.0.1", 1);
    private static final int MOST_WAITS = 2;

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpServerResponse> waiting = new CopyOnWriteArrayList<>();
    private final List<String> hops = new CopyOnWriteArrayList<>();
    private final AtomicInteger left = new AtomicInteger();
    private final Waiters waiters = new Waiters(10, new SimpleMeterRegistry());
    private HttpServer peer;
    private HostInfo host;
    private Peers peers;
    private Inquiry inquiry;

    @BeforeEach
    void start() {
        peer = done(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
        host = new HostInfo("127.0.0.1", peer.actualPort());
        peers = new Peers(vertx, URI.create("http://127.0.0.1:1"), Optional.empty(), new Peers.Sizes(MOST_WAITS, 1, 9));
        var shelves = new ShelvesInMemory(host);
        inquiry = new Inquiry(vertx, new Shelves(shelves, shelves, SELF), peers, waiters, () -> Instant.EPOCH);
    }

    @AfterEach
    void stop() {
        inquiry.close();
        peers.close();
        done(vertx.close());
    }

    @Test
    void waits_that_take_all_their_connections_leave_short_calls_theirs() {
        for (int i = 0; i < MOST_WAITS; i++) {
            var _ = ask(waits("r-" + i));
        }
        await().until(() -> waiting.size() == MOST_WAITS);

        assertThat(done(ask(asksNow("r-9", 0)))).isInstanceOf(Reply.Told.class);
        assertThat(done(onEventLoop(() -> peers.heard(host, "r-9")))).isEqualTo(new Heard.Known());
    }

    @Test
    void a_wait_for_which_there_is_no_connection_is_sent_away_at_once() {
        for (int i = 0; i < MOST_WAITS; i++) {
            var _ = ask(waits("r-" + i));
        }
        await().until(() -> waiting.size() == MOST_WAITS);

        assertThat(done(ask(waits("r-9")))).isEqualTo(Reply.BUSY);
        assertThat(waiters.count()).isEqualTo(MOST_WAITS);
    }

    @Test
    void one_who_waits_at_a_peer_has_a_place_here_until_it_is_told() {
        var reply = ask(waits("r-1"));
        await().until(() -> waiting.size() == 1);
        assertThat(waiters.count()).isOne();

        waiting.getFirst().end("{}");

        assertThat(done(reply)).isEqualTo(new Reply.Told(Buffer.buffer("{}")));
        await().until(() -> waiters.count() == 0);
    }

    @Test
    void one_who_leaves_frees_the_place_here_and_the_one_at_the_peer() {
        var asker = new Asker();
        var reply = ask(new Question("r-1", in(Duration.ofMinutes(1)), 0, asker));
        await().until(() -> waiting.size() == 1);

        asker.leave();

        assertThat(done(reply)).isEqualTo(Reply.MOVING);
        await().until(() -> waiters.count() == 0 && left.get() == 1);
    }

    @Test
    void a_question_that_instances_send_around_stops_after_three() {
        assertThat(done(ask(asksNow("r-1", 2)))).isInstanceOf(Reply.Told.class);
        assertThat(done(ask(asksNow("r-1", 3)))).isEqualTo(Reply.MOVING);

        assertThat(hops).containsExactly("3");
    }

    private void answer(HttpServerRequest request) {
        if (request.uri().startsWith("/internal/")) {
            request.response().end("{\"known\":true}");
            return;
        }
        hops.add(request.getHeader(Peers.HOPS));
        if (request.uri().endsWith("?wait=0ms")) {
            request.response().end("{}");
        } else {
            request.response().closeHandler(_ -> left.incrementAndGet());
            waiting.add(request.response());
        }
    }

    private Future<Reply> ask(Question question) {
        return onEventLoop(() -> inquiry.ask(question));
    }

    /// As the server asks: a body is lost to whoever looks for it from another thread.
    private <T> Future<T> onEventLoop(Supplier<Future<T>> asking) {
        var asked = Promise.<T>promise();
        vertx.runOnContext(_ -> asking.get().onComplete(asked));
        return asked.future();
    }

    private static Question waits(String id) {
        return new Question(id, in(Duration.ofMinutes(1)), 0, new Asker());
    }

    private static Question asksNow(String id, int hops) {
        return new Question(id, in(Duration.ZERO), hops, new Asker());
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    private static <T> T done(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
