package io.captchapipeline.benchmarks;

import io.captchapipeline.benchmarks.Routers.Router;
import io.captchapipeline.broker.FreePort;
import io.captchapipeline.ingress.IngressCallback;
import io.captchapipeline.router.stream.LedgerRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.HdrHistogram.Histogram;

/// How long a callback waits for its outcome, and how large the ledger is, while few and while many outcomes are
/// remembered; through real ingress, broker and router.
final class RememberedBenchmark {
    private static final int WARM_UP_SECONDS = 45;
    private static final double LATENCY_TARGET = 1.3;
    private static final double BYTES = 200;

    private final int few;
    private final int many;
    private final int seconds;
    private final int rounds;

    RememberedBenchmark(int few, int many, int seconds, int rounds) {
        this.few = few;
        this.many = Math.max(few + 1, many);
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /// What was measured while so many were remembered.
    ///
    /// @param p99s of each round, in milliseconds
    private record Phase(int remembered, Histogram answered, List<Double> p99s, Spread.Cpu cpu, long bytes) {
        double p99() {
            return Figures.median(p99s);
        }

        String name() {
            return String.format(Locale.ROOT, "%,d remembered", remembered);
        }

        Spread spread() {
            return new Spread(name(), answered, cpu);
        }
    }

    Findings run() throws IOException, InterruptedException, ExecutionException {
        try (var stage = Stage.start(Map.of())) {
            int ingress = FreePort.next();
            stage.with("INGRESS_PORT", ingress)
                    .with("CALLBACK_URL", "http://127.0.0.1:" + ingress + "/callback")
                    .with("CALLBACK_ALLOWED_IPS", "127.0.0.0/8");
            stage.start(IngressCallback.class).listening(ingress);
            var routers = new Routers(stage);
            var first = routers.start("router").ready();
            System.out.println("warming up broker and ingress");
            OutcomeBenchmark.load(new Pipe(stage, ingress, first.child()), "first", WARM_UP_SECONDS);
            first.child().close();
            return findings(phase(stage, routers, ingress, 0, few), phase(stage, routers, ingress, few, many));
        }
    }

    private Phase phase(Stage stage, Routers routers, int ingress, int from, int until)
            throws IOException, InterruptedException, ExecutionException {
        System.out.println("remembering " + until);
        var remembered = new Remembered(stage.servers());
        remembered.write(from, until);
        var router = routers.start("router").ready();
        remembered.awaitViewed();
        var pipe = new Pipe(stage, ingress, router.child());
        OutcomeBenchmark.load(pipe, "warm-up" + until, WARM_UP_SECONDS);
        var answered = Spread.histogram();
        var p99s = new ArrayList<Double>();
        var cpus = new ArrayList<Spread.Cpu>();
        for (int round = 1; round <= rounds; round++) {
            var load = OutcomeBenchmark.load(pipe, "round" + until + "x" + round, seconds);
            answered.add(load.fromAnswered());
            p99s.add(load.fromAnswered().getValueAtPercentile(99) / 1000.0);
            cpus.add(load.cpu());
        }
        return new Phase(until, answered, p99s, cpus.getLast(), closed(router));
    }

    private static long closed(Router router) throws IOException {
        router.child().close();
        return router.ledgerBytes();
    }

    /// What one of those takes that came between the phases.
    private Findings findings(Phase first, Phase second) {
        double answered = (double) (second.bytes() - first.bytes()) / (many - few + loaded());
        return new Findings(List.of(
                        new Row(
                                "p99 of callback answered to outcome readable, " + second.name(),
                                "ms",
                                second.p99(),
                                first.name(),
                                first.p99(),
                                LATENCY_TARGET,
                                false),
                        new Row(
                                "ledger on disk, an entry with its place in the time index",
                                "B",
                                answered / LedgerRows.ENTRIES,
                                "limit",
                                BYTES,
                                1.0,
                                false),
                        Row.untargeted(
                                "ledger on disk, an answered request: its settled entry and its task's alias",
                                "B",
                                answered,
                                "limit of one entry",
                                BYTES)))
                .with(OutcomeBenchmark.RATE + "/s, ms", List.of(first.spread(), second.spread()));
    }

    /// Requests that the second phase added by its loads.
    private int loaded() {
        return OutcomeBenchmark.RATE * (WARM_UP_SECONDS + rounds * seconds);
    }
}
