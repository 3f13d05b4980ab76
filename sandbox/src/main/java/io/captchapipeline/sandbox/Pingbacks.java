package io.captchapipeline.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Calls the pingbacks of ended tasks, one callback of a task after the other. One that is not answered 2xx is made
/// again, with growing waits, and then given up. For one event loop.
final class Pingbacks {
    private static final int MOST_AT_ONCE = 256;
    private static final int MOST_TRIES = 5;
    private static final int CLOSE_SECONDS = 2;

    private final Vertx vertx;
    private final State state;
    private final Books books;
    private final Tuning tuning;
    private final HttpClient client;
    private final ArrayDeque<Call> queue = new ArrayDeque<>();
    private int underWay;
    private boolean closed;
    private @Nullable Promise<Void> quiet;

    Pingbacks(Vertx vertx, Books books, Tuning tuning) {
        this.vertx = vertx;
        this.books = books;
        this.state = books.state();
        this.tuning = tuning;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) tuning.callbackPatience().toMillis()),
                new PoolOptions().setHttp1MaxSize(MOST_AT_ONCE));
    }

    /// @param tries how often this callback was already made
    /// @param answered completed when the first of the task's callbacks has been made, whatever came of it
    private record Call(long id, int tries, Promise<Void> answered) {}

    /// Makes all callbacks that the task still owes. Done when the first of them was answered, or not.
    Future<Void> call(long id) {
        var call = new Call(id, 0, Promise.promise());
        if (owes(id) == null) {
            call.answered().complete();
        } else {
            queue.add(call);
            makeSome();
        }
        return call.answered().future();
    }

    /// Makes no more calls, and waits for those under way. What is owed then is owed to the next start.
    Future<Void> close() {
        closed = true;
        var done = Promise.<Void>promise();
        quiet = done;
        if (underWay == 0) {
            done.complete();
        }
        return done.future().timeout(CLOSE_SECONDS, TimeUnit.SECONDS).eventually(client::close);
    }

    private @Nullable Task owes(long id) {
        var task = state.task(id);
        return task == null || task.pingback() == null || task.isFinished() ? null : task;
    }

    private void makeSome() {
        while (!closed && underWay < MOST_AT_ONCE && !queue.isEmpty()) {
            var call = queue.remove();
            var task = owes(call.id());
            if (task != null) {
                underWay++;
                make(task).onComplete(made -> made(call, made.succeeded() && made.result()));
            }
        }
    }

    private void made(Call call, boolean acknowledged) {
        underWay--;
        boolean over = acknowledged || call.tries() + 1 >= MOST_TRIES;
        var _ = books.record(new Entry.Called(call.id(), acknowledged, over));
        call.answered().tryComplete();
        if (!over) {
            var again = new Call(call.id(), call.tries() + 1, call.answered());
            vertx.setTimer(tuning.firstRetry().toMillis() << call.tries(), _ -> enqueue(again));
        } else if (owes(call.id()) != null) {
            queue.add(new Call(call.id(), 0, call.answered()));
        }
        if (closed && underWay == 0 && quiet != null) {
            quiet.tryComplete();
        }
        makeSome();
    }

    private void enqueue(Call call) {
        queue.add(call);
        makeSome();
    }

    /// Whether it was answered 2xx.
    private Future<Boolean> make(Task task) {
        var url = task.pingback();
        if (url == null) {
            return Future.succeededFuture(false);
        }
        return switch (state.behaviour().callbackMethod()) {
            case GET ->
                request(HttpMethod.GET, url + (url.indexOf('?') < 0 ? '?' : '&') + query(task))
                        .compose(HttpClientRequest::send)
                        .compose(response -> response.end().map(isGood(response.statusCode())));
            case POST ->
                request(HttpMethod.POST, url)
                        .compose(request -> request.putHeader(
                                        HttpHeaders.CONTENT_TYPE, HttpHeaders.APPLICATION_X_WWW_FORM_URLENCODED)
                                .send(Buffer.buffer(query(task) + "&rate="
                                        + task.kind().price().toPlainString())))
                        .compose(response -> response.end().map(isGood(response.statusCode())));
        };
    }

    private Future<HttpClientRequest> request(HttpMethod method, String url) {
        try {
            return client.request(new RequestOptions()
                            .setMethod(method)
                            .setAbsoluteURI(url)
                            .setTimeout(tuning.callbackPatience().toMillis()))
                    .onSuccess(request -> request.putHeader(HttpHeaders.ACCEPT, "*/*"));
        } catch (IllegalArgumentException | VertxException e) {
            return Future.failedFuture(e);
        }
    }

    private static boolean isGood(int status) {
        return status / 100 == 2;
    }

    private static String query(Task task) {
        return "id=" + task.id() + "&code=" + URLEncoder.encode(task.nextCode(), StandardCharsets.UTF_8);
    }
}
