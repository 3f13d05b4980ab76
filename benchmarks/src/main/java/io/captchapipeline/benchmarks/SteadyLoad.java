package io.captchapipeline.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/// An open-model load: requests leave when they are due, however the server fares, and a latency counts from then.
final class SteadyLoad {
    private static final int CONNECTIONS = 256;
    /// Less than a server keeps a connection that nobody uses, or it would be closed beneath a request now and then.
    private static final int KEPT_SECONDS = 2;
    private static final long NANOS = 1_000_000_000L;

    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(1), 3);
    private final AtomicLong bad = new AtomicLong();
    private final Set<String> kinds = ConcurrentHashMap.newKeySet();
    private final List<String> targets;
    private final int port;
    private final double rate;
    private final Watcher watcher;

    /// Is told of every answer.
    ///
    /// Both times are [System#nanoTime].
    interface Watcher {
        void answered(int number, long due, long at);
    }

    /// @param rate requests a second
    SteadyLoad(List<String> targets, int port, double rate) {
        this(targets, port, rate, (_, _, _) -> {});
    }

    SteadyLoad(List<String> targets, int port, double rate, Watcher watcher) {
        this.watcher = watcher;
        this.targets = targets;
        this.port = port;
        this.rate = rate;
    }

    /// The latencies, in microseconds, of what was due after the warm-up. Every answer has to be a good one.
    Histogram run(int warmUpSeconds, int seconds) throws InterruptedException {
        long refused = bad(warmUpSeconds, seconds);
        if (refused > 0) {
            throw new IllegalStateException(refused + " answers were not good: " + kinds);
        }
        return latencies;
    }

    /// Runs, and returns how many were not answered with 200.
    long bad(int warmUpSeconds, int seconds) throws InterruptedException {
        var vertx = Vertx.vertx();
        var client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(KEPT_SECONDS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(-1));
        var done = new CountDownLatch(1);
        vertx.runOnContext(_ -> new Schedule(vertx, client, warmUpSeconds, seconds, done).begin());
        var finished = done.await(warmUpSeconds + seconds + 60L, TimeUnit.SECONDS);
        vertx.close().await();
        if (!finished) {
            throw new IllegalStateException("not everything was answered");
        }
        return bad.get();
    }

    /// On one event loop, so that nothing here needs a lock.
    private final class Schedule {
        private final Vertx vertx;
        private final HttpClient client;
        private final CountDownLatch done;
        private final long begin = System.nanoTime();
        private final long measuredFrom;
        private final long total;
        private long sent;
        private long answered;

        private Schedule(Vertx vertx, HttpClient client, int warmUp, int seconds, CountDownLatch done) {
            this.vertx = vertx;
            this.client = client;
            this.done = done;
            this.measuredFrom = begin + warmUp * NANOS;
            this.total = (long) (rate * (warmUp + seconds));
        }

        private void begin() {
            vertx.setPeriodic(1, timer -> {
                for (long due = dueAt(sent); sent < total && due <= System.nanoTime(); due = dueAt(sent)) {
                    send(due);
                }
                if (sent == total) {
                    vertx.cancelTimer(timer);
                }
            });
        }

        private long dueAt(long index) {
            return begin + (long) (index / rate * NANOS);
        }

        private void send(long due) {
            int number = (int) sent++;
            var target = targets.get(number % targets.size());
            client.request(HttpMethod.GET, port, "127.0.0.1", target)
                    .compose(request -> request.send())
                    .compose(response -> response.body().map(_ -> response.statusCode()))
                    .onComplete(answer -> answered(
                            number,
                            due,
                            answer.succeeded()
                                    ? answer.result().toString()
                                    : answer.cause().toString()));
        }

        private void answered(int number, long due, String kind) {
            long now = System.nanoTime();
            watcher.answered(number, due, now);
            if (!kind.equals("200")) {
                bad.incrementAndGet();
                kinds.add(kind);
            }
            if (due >= measuredFrom) {
                latencies.recordValue((now - due) / 1000);
            }
            if (++answered == total) {
                done.countDown();
            }
        }
    }
}
