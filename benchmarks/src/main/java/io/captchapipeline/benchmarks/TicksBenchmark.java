package io.captchapipeline.benchmarks;

import io.captchapipeline.router.stream.LedgerBench;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// What the clock costs the ledger of one partition while few and while many requests are pending: when nothing is due,
/// and when as many are due as one tick settles. The real processor on a real RocksDB, in this process.
final class TicksBenchmark {
    private static final int FEW = 1_000;
    private static final int WARM_UPS = 20;
    private static final int LOOKS = 10_000;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofDays(30);
    private static final double TARGET = 2;

    private final int many;
    private final int rounds;

    TicksBenchmark(int many, int rounds) {
        this.many = many;
        this.rounds = rounds;
    }

    /// Nanoseconds.
    private record Costs(Histogram look, Histogram tick) {
        Costs() {
            this(new Histogram(3), new Histogram(3));
        }
    }

    Findings run() throws IOException {
        try (var scratch = Scratch.make();
                var few = new LedgerBench(scratch.path().resolve("few"));
                var other = new LedgerBench(scratch.path().resolve("many"))) {
            System.out.println("filling");
            fill(few, FEW);
            fill(other, many);
            measure(few, other, WARM_UPS, new Costs(), new Costs());
            System.out.println("measuring");
            var ofFew = new Costs();
            var ofMany = new Costs();
            measure(few, other, rounds, ofFew, ofMany);
            return new Findings(List.of(
                    row("a look at which nothing is due", "us", 1e3, ofMany.look(), ofFew.look()),
                    row(
                            "a tick at which " + LedgerBench.MOST_AT_ONCE + " are due",
                            "ms",
                            1e6,
                            ofMany.tick(),
                            ofFew.tick())));
        }
    }

    private Row row(String what, String unit, double nanos, Histogram ofMany, Histogram ofFew) {
        return new Row(
                String.format(Locale.ROOT, "%s, %,d pending", what, many),
                unit,
                ofMany.getValueAtPercentile(50) / nanos,
                String.format(Locale.ROOT, "%,d pending", FEW),
                ofFew.getValueAtPercentile(50) / nanos,
                TARGET,
                false);
    }

    private static void fill(LedgerBench ledger, int count) {
        for (int i = 0; i < count; i++) {
            ledger.request("pending-" + i, NEVER);
        }
    }

    /// In turn, so that what disturbs one disturbs the other.
    private static void measure(LedgerBench few, LedgerBench many, int rounds, Costs ofFew, Costs ofMany) {
        for (int round = 0; round < rounds; round++) {
            measure(few, ofFew);
            measure(many, ofMany);
        }
    }

    private static void measure(LedgerBench ledger, Costs costs) {
        look(ledger, costs);
        var at = ledger.now().toString();
        for (int i = 0; i < LedgerBench.MOST_AT_ONCE; i++) {
            ledger.request("due-" + at + "-" + i, SOON);
        }
        ledger.pass(SOON.multipliedBy(2));
        var tick = ledger.look().orElseThrow();
        long begin = System.nanoTime();
        int ended = ledger.tick(tick);
        costs.tick().recordValue(System.nanoTime() - begin);
        if (ended != LedgerBench.MOST_AT_ONCE) {
            throw new IllegalStateException(ended + " requests were ended by a tick");
        }
    }

    /// The first look after something changed has to seek, the others remember.
    private static void look(LedgerBench ledger, Costs costs) {
        long begin = System.nanoTime();
        for (int i = 0; i < LOOKS; i++) {
            if (ledger.look().isPresent()) {
                throw new IllegalStateException("something is due");
            }
        }
        costs.look().recordValue((System.nanoTime() - begin) / LOOKS);
    }
}
