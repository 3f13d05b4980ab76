package io.captchapipeline.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// An open-model load as [SteadyLoad] is one, for rates at which sleeping threads would wake up so often that they take
/// the cores from what is measured: one event loop sends, once a millisecond, all that is due.
final class RapidLoad {
    private static final int CONNECTIONS = 256;
    /// Less than a server keeps a connection that nobody uses, or it would be closed beneath a request now and then.
    private static final int KEPT_SECONDS = 2;
    private static final int PATIENCE_SECONDS = 60;
    private static final long NANOS = 1_000_000_000L;

    private final List<String> targets;
    private final int port;
    private final double rate;

    /// @param rate requests a second
    RapidLoad(List<String> targets, int port, double rate) {
        this.targets = targets;
        this.port = port;
        this.rate = rate;
    }

    /// The latencies, in microseconds, of what was due after the warm-up. Every answer has to be a good one.
    Histogram run(int warmUpSeconds, int seconds) throws InterruptedException {
        var vertx = Vertx.vertx();
        var client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(KEPT_SECONDS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(-1));
        var schedule = new Schedule(vertx, client, warmUpSeconds, seconds);
        try {
            vertx.runOnContext(_ -> schedule.begin());
            if (!schedule.done.await(warmUpSeconds + seconds + PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not everything was answered");
            }
        } finally {
            vertx.close().await();
        }
        if (schedule.bad > 0) {
            throw new IllegalStateException(schedule.bad + " answers were not good: " + schedule.kinds);
        }
        return schedule.latencies;
    }

    /// On one event loop, so that nothing here needs a lock; it is done before anybody else looks.
    private final class Schedule {
        private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
        private final Set<String> kinds = new TreeSet<>();
        private final CountDownLatch done = new CountDownLatch(1);
        private final Vertx vertx;
        private final HttpClient client;
        private final long begin = System.nanoTime();
        private final long measuredFrom;
        private final int total;
        private int sent;
        private int answered;
        private long bad;

        private Schedule(Vertx vertx, HttpClient client, int warmUp, int seconds) {
            this.vertx = vertx;
            this.client = client;
            this.measuredFrom = begin + warmUp * NANOS;
            this.total = (int) (rate * (warmUp + seconds));
        }

        private void begin() {
            vertx.setPeriodic(1, timer -> {
                for (long due = due(); sent < total && due <= System.nanoTime(); due = due()) {
                    send(due);
                }
                if (sent == total) {
                    vertx.cancelTimer(timer);
                }
            });
        }

        private long due() {
            return begin + (long) (sent / rate * NANOS);
        }

        private void send(long due) {
            var target = targets.get(sent++ % targets.size());
            client.request(HttpMethod.GET, port, "127.0.0.1", target)
                    .compose(request -> request.send())
                    .compose(response -> response.body().map(_ -> response.statusCode()))
                    .onComplete(answer -> answered(
                            due,
                            answer.succeeded()
                                    ? answer.result().toString()
                                    : answer.cause().toString()));
        }

        private void answered(long due, String kind) {
            if (!kind.equals("200")) {
                bad++;
                kinds.add(kind);
            }
            if (due >= measuredFrom) {
                latencies.recordValue((System.nanoTime() - due) / 1000);
            }
            if (++answered == total) {
                done.countDown();
            }
        }
    }
}
