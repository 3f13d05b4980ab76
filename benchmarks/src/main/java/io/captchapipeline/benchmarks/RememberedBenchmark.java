package io.captchapipeline.benchmarks;

import io.captchapipeline.benchmarks.Routers.Router;
import io.captchapipeline.router.stream.LedgerRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// How long a callback waits for its outcome, and how large the ledger is, where few and where many outcomes are
/// remembered: two pipelines beside each other, loaded in turns, so that a machine that changes meets both alike.
final class RememberedBenchmark {
    private static final int WARM_UP_SECONDS = 60;
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

    Findings run() throws IOException, InterruptedException, ExecutionException {
        try (var first = Side.start(few);
                var second = Side.start(many)) {
            var sides = List.of(first, second);
            System.out.println("warming up");
            for (var side : sides) {
                side.load("warm-up", WARM_UP_SECONDS);
            }
            for (int round = 1; round <= rounds; round++) {
                for (var side : round % 2 == 1 ? sides : sides.reversed()) {
                    side.measure("round" + round, seconds);
                }
            }
            return findings(first, second);
        }
    }

    /// A pipeline whose router remembers so many outcomes.
    private static final class Side implements AutoCloseable {
        private final int remembered;
        private final Stage stage;
        private final int ingress;
        private final Router router;
        private final Histogram answered = Spread.histogram();
        private final List<Double> p99s = new ArrayList<>();
        private Spread.@Nullable Cpu cpu;

        private Side(int remembered, Stage stage, int ingress, Router router) {
            this.remembered = remembered;
            this.stage = stage;
            this.ingress = ingress;
            this.router = router;
        }

        /// Returns when the router has restored and viewed all of them.
        static Side start(int remembered) throws IOException, InterruptedException, ExecutionException {
            System.out.println("remembering " + remembered);
            var stage = Stage.start(Map.of());
            try {
                int ingress = stage.startIngress();
                var routers = new Routers(stage);
                routers.start("router").ready().child().close();
                var written = new Remembered(stage.servers());
                written.write(0, remembered);
                var router = routers.start("router").ready();
                written.awaitViewed();
                return new Side(remembered, stage, ingress, router);
            } catch (IOException | InterruptedException | ExecutionException | RuntimeException e) {
                stage.close();
                throw e;
            }
        }

        OutcomeBenchmark.Load load(String series, int seconds) throws InterruptedException, ExecutionException {
            return OutcomeBenchmark.load(new Pipe(stage, ingress, router.child()), series, seconds);
        }

        void measure(String round, int seconds) throws InterruptedException, ExecutionException {
            var load = load(round, seconds);
            answered.add(load.fromAnswered());
            p99s.add(load.fromAnswered().getValueAtPercentile(99) / 1000.0);
            cpu = load.cpu();
            System.out.printf(Locale.ROOT, "%s, %s: p99 %.1f ms%n", round, name(), p99s.getLast());
        }

        String name() {
            return String.format(Locale.ROOT, "%,d remembered", remembered);
        }

        /// The median of the rounds', in milliseconds.
        double p99() {
            return Figures.median(p99s);
        }

        Spread spread() {
            return new Spread(name(), answered, cpu);
        }

        /// What its ledger has on disk; it is closed for that.
        long bytes() throws IOException {
            router.child().close();
            return router.ledgerBytes();
        }

        @Override
        public void close() {
            stage.close();
        }
    }

    /// What one of those takes that only the second remembers: both had the same loads.
    private Findings findings(Side first, Side second) throws IOException {
        double answered = (double) (second.bytes() - first.bytes()) / (many - few);
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
}
