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
    private static final int WARM_UPS = 2;
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

    /// One router over this many partitions, beside one over a single one.
    Findings overPartitions(int partitions) throws IOException, InterruptedException, ExecutionException {
        var one = drainOver(1);
        var several = drainOver(partitions);
        return new Findings(List.of(
                new Row(
                        "outcomes a second of a burst, " + partitions + " partitions",
                        "/s",
                        several.rate(),
                        "one partition",
                        one.rate(),
                        TARGET,
                        true),
                Row.untargeted("CPU of the router, an outcome", "us", several.ofRouters(), "one", one.ofRouters()),
                Row.untargeted("CPU of the broker, an outcome", "us", several.ofBroker(), "one", one.ofBroker()),
                wrong("requests without exactly one outcome")));
    }

    private Drain drainOver(int partitions) throws IOException, InterruptedException, ExecutionException {
        System.out.println(partitions + " partitions");
        try (var stage = Stage.start(Map.of(), Map.of("TOPIC_PARTITIONS", Integer.toString(partitions)))) {
            return drain(stage, 1, Variant.OURS);
        }
    }

    private Row wrong(String what) {
        return new Row(what, "", wrong, "requests", requested, 0.0, false);
    }

    /// What a burst came to.
    ///
    /// @param ofRouters CPU time an outcome, of all routers together, in microseconds
    /// @param ofBroker the same of the broker
    private record Drain(double rate, double ofRouters, double ofBroker) {
        static Drain median(List<Drain> drains) {
            return new Drain(
                    Figures.median(drains.stream().map(Drain::rate).toList()),
                    Figures.median(drains.stream().map(Drain::ofRouters).toList()),
                    Figures.median(drains.stream().map(Drain::ofBroker).toList()));
        }
    }

    /// @param variants whether other settings are tried too
    Findings run(boolean variants) throws IOException, InterruptedException, ExecutionException {
        var one = drain(1, Variant.OURS);
        var several = drain(instances, Variant.OURS);
        var rows = new ArrayList<>(List.of(
                new Row(
                        "outcomes a second of a burst, " + instances + " routers",
                        "/s",
                        several.rate(),
                        "one router",
                        one.rate(),
                        TARGET,
                        true),
                Row.untargeted("CPU of the routers, an outcome", "us", several.ofRouters(), "one", one.ofRouters()),
                Row.untargeted("CPU of the broker, an outcome", "us", several.ofBroker(), "one", one.ofBroker())));
        for (var variant : variants ? Variant.draining() : List.<Variant>of()) {
            rows.add(Row.untargeted(
                    instances + " routers, " + variant.name(),
                    "/s",
                    drain(instances, variant).rate(),
                    instances + " of ours",
                    several.rate()));
        }
        rows.add(wrong("requests without exactly one outcome, one of " + instances + " being killed in the end"));
        return new Findings(rows);
    }

    /// Each router warms up by as many records.
    private Drain drain(int count, Variant variant) throws IOException, InterruptedException, ExecutionException {
        try (var stage = Stage.start(variant.broker())) {
            return drain(stage, count, variant);
        }
    }

    private Drain drain(Stage stage, int count, Variant variant)
            throws IOException, InterruptedException, ExecutionException {
        var running = start(new Routers(stage), count, variant);
        awaitShared(stage.servers(), count);
        for (int i = 0; i < WARM_UPS * count; i++) {
            drain(stage, running, "warm-up" + i, () -> {});
        }
        var drains = new ArrayList<Drain>();
        for (int round = 1; round <= rounds; round++) {
            var drain = drain(stage, running, "round" + round, () -> {});
            System.out.printf("%d routers, %s, burst %d: %.0f/s%n", count, variant.name(), round, drain.rate());
            drains.add(drain);
        }
        if (count > 1) {
            var last = running.removeLast();
            drain(stage, running, "kill", () -> {
                Thread.sleep(PART);
                last.child().kill();
            });
        }
        return Drain.median(drains);
    }

    private static List<Router> start(Routers routers, int count, Variant variant) throws IOException {
        var running = new ArrayList<Router>();
        for (int i = 0; i < count; i++) {
            running.add(routers.start("router-" + i, variant));
        }
        running.forEach(Router::ready);
        return running;
    }

    private interface Disturbance {
        void happens() throws InterruptedException;
    }

    /// From the first answer written to the last outcome readable.
    private Drain drain(Stage stage, List<Router> running, String series, Disturbance disturbance)
            throws InterruptedException, ExecutionException {
        var requests = new Requests(stage.servers(), series, burst);
        requests.write();
        try (var arrivals = Arrivals.on(stage.servers(), "captcha-solved", series, burst)) {
            var routers = cpu(running);
            var broker = stage.broker().cpu();
            long begin = System.nanoTime();
            requests.answer();
            disturbance.happens();
            wrong += arrivals.awaitMost(PATIENCE);
            requested += burst;
            return new Drain(
                    burst / ((arrivals.last() - begin) / 1e9),
                    micros(cpu(running).minus(routers)),
                    micros(stage.broker().cpu().minus(broker)));
        }
    }

    private double micros(Duration ofAll) {
        return ofAll.toNanos() / 1e3 / burst;
    }

    private static Duration cpu(List<Router> running) {
        return running.stream().map(router -> router.child().cpu()).reduce(Duration.ZERO, Duration::plus);
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
