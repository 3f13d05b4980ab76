package io.captchapipeline.benchmarks;

import io.captchapipeline.router.stream.LedgerRows;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// How long a router that was killed takes until it is ready again, while it remembers nothing and while it remembers
/// much; callbacks keep coming meanwhile.
final class RestoreBenchmark {
    private static final int RATE = 200;
    private static final int SECONDS = 25;
    private static final int ENTRIES_A_SECOND_AT_LEAST = 50_000;
    private static final int BEFORE_THE_KILL_MS = 3_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double LIMIT_SECONDS = 15;

    private final int entries;

    RestoreBenchmark(int entries) {
        this.entries = entries;
    }

    /// @param seconds from the start of the new process until it was ready
    /// @param bad callbacks not answered with 200
    /// @param wrong requests with no outcome or with more than one
    private record Kill(double seconds, int callbacks, long bad, int wrong) {}

    /// @param variants whether other settings are tried too
    Findings run(boolean variants) throws IOException, InterruptedException, ExecutionException {
        try (var stage = Stage.start(Map.of())) {
            int ingress = stage.startIngress();
            var routers = new Routers(stage);
            routers.start("router").ready().child().close();
            System.out.println("killed with nothing to restore");
            var empty = kill(routers, ingress, Variant.OURS, "empty", SECONDS);
            var remembered = new Remembered(stage.servers());
            System.out.println("filling");
            remembered.write(0, entries / LedgerRows.ENTRIES);
            var viewing = routers.start("router").ready();
            remembered.awaitViewed();
            viewing.child().close();
            System.out.println("killed with " + entries + " entries");
            int seconds = SECONDS + entries / ENTRIES_A_SECOND_AT_LEAST;
            var full = kill(routers, ingress, Variant.OURS, "full", seconds);
            var rows = new ArrayList<>(rows(empty, full));
            for (var variant : variants ? Variant.restoring() : List.<Variant>of()) {
                System.out.println(variant.name());
                var other = kill(routers, ingress, variant, "variant" + rows.size(), seconds);
                rows.add(Row.untargeted(variant.name(), "s", other.seconds(), "ours", full.seconds()));
            }
            return new Findings(rows);
        }
    }

    /// Starts a router, kills it under load, and starts it again.
    private static Kill kill(Routers routers, int ingress, Variant variant, String series, int seconds)
            throws IOException, InterruptedException, ExecutionException {
        var servers = routers.stage().servers();
        var router = routers.start("router", variant).ready();
        var requests = new Requests(servers, series, RATE * seconds);
        requests.write();
        var callbacks = requests.callbacks();
        try (var arrivals = Arrivals.on(servers, "captcha-solved", series, requests.count())) {
            var load = new SteadyLoad(callbacks, ingress, RATE);
            var bad = CompletableFuture.supplyAsync(() -> bad(load, seconds));
            Thread.sleep(BEFORE_THE_KILL_MS);
            router.child().kill();
            long begin = System.nanoTime();
            var next = routers.start("router", variant).ready();
            long ready = System.nanoTime();
            if (bad.isDone()) {
                throw new IllegalStateException("callbacks ended before the router was ready");
            }
            var kill = new Kill((ready - begin) / 1e9, requests.count(), bad.join(), arrivals.awaitMost(PATIENCE));
            next.child().close();
            return kill;
        }
    }

    private static long bad(SteadyLoad load, int seconds) {
        try {
            return load.bad(0, seconds);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private List<Row> rows(Kill empty, Kill full) {
        return List.of(
                new Row(
                        String.format(Locale.ROOT, "ready again after kill -9, %,d entries", entries),
                        "s",
                        full.seconds(),
                        "limit",
                        LIMIT_SECONDS,
                        1.0,
                        false),
                Row.untargeted("the same", "s", full.seconds(), "nothing to restore", empty.seconds()),
                Row.untargeted(
                        "entries restored a second, all of that time",
                        "/s",
                        entries / full.seconds(),
                        "1 million within the limit",
                        1_000_000 / LIMIT_SECONDS),
                new Row(
                        "callbacks meanwhile not answered with 200",
                        "",
                        empty.bad() + full.bad(),
                        "callbacks",
                        empty.callbacks() + full.callbacks(),
                        0.0,
                        false),
                new Row(
                        "requests without exactly one outcome",
                        "",
                        empty.wrong() + full.wrong(),
                        "requests",
                        empty.callbacks() + full.callbacks(),
                        0.0,
                        false));
    }
}
