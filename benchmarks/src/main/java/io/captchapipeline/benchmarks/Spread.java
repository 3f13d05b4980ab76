package io.captchapipeline.benchmarks;

import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// How latencies are spread.
///
/// @param micros latencies in microseconds
/// @param cpu what it took of a core meanwhile; nothing where that says nothing
record Spread(String what, Histogram micros, @Nullable Cpu cpu) {

    /// Shares of one core.
    record Cpu(double router, double broker) {}

    static Histogram histogram() {
        return new Histogram(60_000_000, 3);
    }

    double ms(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    static String head(String what) {
        return "| " + what + " | p50 | p95 | p99 | most | CPU of router | of broker |\n"
                + "| --- | --- | --- | --- | --- | --- | --- |\n";
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.1f | %s | %s |%n",
                what,
                ms(50),
                ms(95),
                ms(99),
                ms(100),
                cpu == null ? "" : percent(cpu.router()),
                cpu == null ? "" : percent(cpu.broker()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
