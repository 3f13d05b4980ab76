package io.captchapipeline.benchmarks;

import java.util.Map;

/// What stays while something grows.
final class GrowthBenchmarks {
    private static final int MOST_ROUNDS = 100;
    private static final int MOST_SECONDS = 60;
    private static final int MOST_PENDING = 1_000_000;
    private static final int MOST_REMEMBERED = 10_000_000;
    private static final int MOST_INSTANCES = 6;
    private static final int MOST_PARTITIONS = 100;

    private GrowthBenchmarks() {}

    static void addTo(Map<String, Benchmark> all) {
        all.put(
                "growth-pending",
                new Benchmark(
                        Map.of("pending", 200_000, "rounds", 20),
                        sizes -> new TicksBenchmark(sizes.of("pending", MOST_PENDING), sizes.of("rounds", MOST_ROUNDS))
                                .run()));
        all.put(
                "growth-remembered",
                new Benchmark(
                        Map.of("few", 10_000, "many", 200_000, "seconds", 10, "rounds", 3),
                        sizes -> new RememberedBenchmark(
                                        sizes.of("few", MOST_REMEMBERED),
                                        sizes.of("many", MOST_REMEMBERED),
                                        sizes.of("seconds", MOST_SECONDS),
                                        sizes.of("rounds", MOST_ROUNDS))
                                .run()));
        all.put(
                "growth-restore",
                new Benchmark(
                        Map.of("entries", 200_000, "variants", 0),
                        sizes -> new RestoreBenchmark(sizes.of("entries", MOST_REMEMBERED))
                                .run(sizes.of("variants") > 0)));
        all.put(
                "growth-instances",
                new Benchmark(
                        Map.of("instances", 3, "burst", 4_000, "rounds", 3, "variants", 0),
                        sizes -> new InstancesBenchmark(
                                        sizes.of("instances", MOST_INSTANCES),
                                        sizes.of("burst", MOST_REMEMBERED),
                                        sizes.of("rounds", MOST_ROUNDS))
                                .run(sizes.of("variants") > 0)));
        all.put(
                "growth-partitions",
                new Benchmark(
                        Map.of("partitions", 3, "burst", 12_000, "rounds", 4),
                        sizes -> new InstancesBenchmark(
                                        1, sizes.of("burst", MOST_REMEMBERED), sizes.of("rounds", MOST_ROUNDS))
                                .overPartitions(sizes.of("partitions", MOST_PARTITIONS))));
        all.put(
                "growth-codes",
                new Benchmark(
                        Map.of("callbacks", 2_000),
                        sizes -> new CodesBenchmark(sizes.of("callbacks", MOST_PENDING)).run()));
    }
}
