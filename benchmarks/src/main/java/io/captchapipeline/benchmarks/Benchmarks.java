package io.captchapipeline.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// The command behind `./benchmarks/run`.
final class Benchmarks {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int MOST_SECONDS = 60;
    private static final int MOST_ROUNDS = 10;
    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_REQUESTS = 100_000;

    private static final Map<String, Benchmark> ALL = all();

    private Benchmarks() {}

    private static Map<String, Benchmark> all() {
        var all = new LinkedHashMap<String, Benchmark>();
        all.put("hotpaths", new Benchmark(Map.of(), _ -> HotPathsBenchmark.run()));
        GrowthBenchmarks.addTo(all);
        all.put(
                "ingress",
                new Benchmark(
                        Map.of("seconds", 10, "rounds", 3),
                        sizes -> new Findings(
                                new IngressBenchmark(sizes.of("seconds", MOST_SECONDS), sizes.of("rounds", MOST_ROUNDS))
                                        .run())));
        all.put(
                "outcomes",
                new Benchmark(
                        Map.of("seconds", 10, "rounds", 3, "variants", 0),
                        sizes -> new OutcomeBenchmark(
                                        sizes.of("seconds", MOST_SECONDS), sizes.of("rounds", MOST_ROUNDS))
                                .run(sizes.of("variants"))));
        all.put(
                "submissions",
                new Benchmark(
                        Map.of("seconds", 20, "rounds", 3, "concurrency", 32),
                        sizes -> new SubmissionBenchmark(
                                        sizes.of("seconds", MOST_SECONDS),
                                        sizes.of("rounds", MOST_ROUNDS),
                                        sizes.of("concurrency", MOST_AT_ONCE))
                                .run()));
        all.put(
                "audit",
                new Benchmark(
                        Map.of("requests", 40_000, "rounds", 2),
                        sizes -> new AuditBenchmark(
                                        sizes.of("requests", MOST_REQUESTS), sizes.of("rounds", MOST_ROUNDS))
                                .run()));
        all.put(
                "start",
                new Benchmark(Map.of("rounds", 3), sizes -> new StartBenchmark(sizes.of("rounds", MOST_ROUNDS)).run()));
        return all;
    }

    public static void main(String[] args) {
        var names = args.length == 0 ? List.<String>of() : named(args[0]);
        if (names.isEmpty() || (names.size() > 1 && args.length > 1)) {
            System.err.println(usage());
            System.exit(USAGE);
        }
        var options = List.of(args).subList(1, args.length);
        var remarks = new ArrayList<String>();
        boolean failed = false;
        for (var name : names) {
            try {
                remarks.addAll(run(name, options));
            } catch (Exception e) {
                e.printStackTrace();
                remarks.add(name + " failed: " + e.getMessage());
                failed = true;
            }
        }
        remarks.forEach(System.out::println);
        System.exit(failed ? FAILED : 0);
    }

    /// One, all, or a group: those whose names begin with its name.
    static List<String> named(String name) {
        return ALL.keySet().stream()
                .filter(one -> name.equals("all") || one.equals(name) || one.startsWith(name + "-"))
                .toList();
    }

    /// Returns what was missed.
    private static List<String> run(String name, List<String> options) throws Exception {
        var benchmark = Objects.requireNonNull(ALL.get(name), name);
        var sizes = Sizes.read(benchmark.sizes(), options);
        System.out.println("== " + name);
        var findings = benchmark.body().run(sizes);
        System.out.println(Report.text(findings));
        Report.write(
                name,
                findings,
                "./benchmarks/run " + name
                        + options.stream().map(option -> " " + option).collect(Collectors.joining()));
        return findings.rows().stream()
                .filter(row -> !row.isMet())
                .map(row -> name + " missed: " + row.what())
                .toList();
    }

    private static String usage() {
        return "Usage: ./benchmarks/run all, ./benchmarks/run growth, or ./benchmarks/run NAME [--OPTION NUMBER]...\n"
                + ALL.entrySet().stream()
                        .map(entry ->
                                "  " + entry.getKey() + " " + entry.getValue().sizes())
                        .collect(Collectors.joining("\n"));
    }
}
