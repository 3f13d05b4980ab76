package io.captchapipeline.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The ceiling of submissions: a client that does nothing but post the same task to a solver, so many at once, the next
/// as soon as one is answered.
final class PlainPosts {
    private static final long NANOS = 1_000_000_000L;
    private static final int PATIENCE_SECONDS = 30;

    private final AtomicInteger posted = new AtomicInteger();
    private final AtomicInteger bad = new AtomicInteger();
    private final int port;
    private final int concurrency;
    private final Buffer task;

    PlainPosts(int port, int concurrency, String task) {
        this.port = port;
        this.concurrency = concurrency;
        this.task = Buffer.buffer(task);
    }

    /// Answers a second.
    double rate(int seconds) throws InterruptedException {
        var vertx = Vertx.vertx();
        var client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(concurrency));
        var done = new CountDownLatch(concurrency);
        int before = posted.get();
        long begin = System.nanoTime();
        vertx.runOnContext(_ -> {
            for (int i = 0; i < concurrency; i++) {
                next(client, begin + seconds * NANOS, done);
            }
        });
        var finished = done.await(seconds + PATIENCE_SECONDS, TimeUnit.SECONDS);
        double took = (double) (System.nanoTime() - begin) / NANOS;
        vertx.close().await();
        if (!finished || bad.get() > 0) {
            throw new IllegalStateException(bad + " plain posts were not taken, finished: " + finished);
        }
        return (posted.get() - before) / took;
    }

    /// Tasks that the solver took, in all.
    int posted() {
        return posted.get();
    }

    private void next(HttpClient client, long end, CountDownLatch done) {
        if (System.nanoTime() >= end) {
            done.countDown();
            return;
        }
        post(client).onComplete(answer -> {
            (answer.succeeded() && answer.result().startsWith("{\"status\":1") ? posted : bad).incrementAndGet();
            next(client, end, done);
        });
    }

    private Future<String> post(HttpClient client) {
        return client.request(HttpMethod.POST, port, "127.0.0.1", "/in.php")
                .compose(request -> request.putHeader("Content-Type", "application/x-www-form-urlencoded")
                        .send(task))
                .compose(response -> response.body())
                .map(Buffer::toString);
    }
}
