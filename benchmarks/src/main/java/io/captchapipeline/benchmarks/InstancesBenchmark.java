package io.captchapipeline.benchmarks;

import io.captchapipeline.benchmarks.Routers.Router;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/// Callbacks that come all at once, drained by one router and by several over the same partitions, each on a broker of
/// its own; then once more while one of several is killed.
final class InstancesBenchmark {
    private static final double TARGET = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PART = Duration.ofMillis(500);

    private final int instances;
    private final int burst;
    private final int rounds;
    private int wrong;
    private int requested;

    InstancesBenchmark(int instances, int burst, int rounds) {
        this.instances = instances;
        this.burst = burst;
        this.rounds = rounds;
    }

    Findings run() throws IOException, InterruptedException, ExecutionException {
        double one = rate(1);
        double several = rate(instances);
        return new Findings(List.of(
                new Row(
                        "outcomes a second of a burst, " + instances + " routers",
                        "/s",
                        several,
                        "one router",
                        one,
                        TARGET,
                        true),
                new Row(
                        "requests without exactly one outcome, one of " + instances + " being killed in the end",
                        "",
                        wrong,
                        "requests",
                        requested,
                        0.0,
                        false)));
    }

    /// The first burst is a warm-up.
    private double rate(int count) throws IOException, InterruptedException, ExecutionException {
        try (var stage = Stage.start(Map.of())) {
            var routers = new Routers(stage);
            var running = start(routers, count);
            awaitShared(stage.servers(), count);
            var rates = new ArrayList<Double>();
            for (int round = 0; round <= rounds; round++) {
                double rate = drain(stage.servers(), "of" + count + "x" + round, () -> {});
                System.out.printf("%d routers, burst %d: %.0f/s%n", count, round, rate);
                rates.add(rate);
            }
            if (count > 1) {
                drain(stage.servers(), "kill", () -> {
                    Thread.sleep(PART);
                    running.getLast().child().kill();
                });
            }
            return Figures.median(rates.subList(1, rates.size()));
        }
    }

    private static List<Router> start(Routers routers, int count) throws IOException {
        var running = new ArrayList<Router>();
        for (int i = 0; i < count; i++) {
            running.add(routers.start("router-" + i));
        }
        running.forEach(Router::ready);
        return running;
    }

    private interface Disturbance {
        void happens() throws InterruptedException;
    }

    /// From the first callback written to the last outcome readable.
    private double drain(String servers, String series, Disturbance disturbance)
            throws InterruptedException, ExecutionException {
        var requests = new Requests(servers, series, burst);
        requests.write();
        try (var arrivals = Arrivals.on(servers, "captcha-solved", series, burst)) {
            long begin = System.nanoTime();
            requests.answer();
            disturbance.happens();
            wrong += arrivals.awaitMost(PATIENCE);
            requested += burst;
            return burst / ((arrivals.last() - begin) / 1e9);
        }
    }

    /// Returns when each of them has partitions.
    private static void awaitShared(String servers, int count) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            while (busy(admin) < count) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the partitions are not shared by " + count);
                }
                Thread.sleep(PART);
            }
        }
    }

    private static long busy(Admin admin) throws ExecutionException, InterruptedException {
        var group = admin.describeConsumerGroups(List.of(Routers.APPLICATION))
                .all()
                .get()
                .get(Routers.APPLICATION);
        return Objects.requireNonNull(group).members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .count();
    }
}
