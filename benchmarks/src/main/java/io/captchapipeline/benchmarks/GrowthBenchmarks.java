package io.captchapipeline.benchmarks;

import java.util.Map;

/// What stays while something grows.
final class GrowthBenchmarks {
    private static final int MOST_ROUNDS = 100;
    private static final int MOST_PENDING = 1_000_000;

    private GrowthBenchmarks() {}

    static void addTo(Map<String, Benchmark> all) {
        all.put(
                "growth-pending",
                new Benchmark(
                        Map.of("pending", 200_000, "rounds", 20),
                        sizes -> new TicksBenchmark(sizes.of("pending", MOST_PENDING), sizes.of("rounds", MOST_ROUNDS))
                                .run()));
    }
}
