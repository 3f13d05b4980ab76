package io.captchapipeline.benchmarks;

import java.util.List;
import java.util.Map;

/// The command behind `./benchmarks/run`.
final class Benchmarks {
    private static final int USAGE = 2;
    private static final int MOST_SECONDS = 60;
    private static final int MOST_ROUNDS = 10;

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        if (args.length % 2 == 0 || !args[0].equals("ingress")) {
            System.err.println("Usage: ./benchmarks/run ingress [--seconds 1.." + MOST_SECONDS + "] [--rounds 1.."
                    + MOST_ROUNDS + "]");
            System.exit(USAGE);
        }
        var options = new java.util.HashMap<>(Map.of("--seconds", 10, "--rounds", 3));
        for (int i = 1; i < args.length; i += 2) {
            options.put(args[i], Integer.valueOf(args[i + 1]));
        }
        int seconds = Math.clamp(options.getOrDefault("--seconds", 0), 1, MOST_SECONDS);
        int rounds = Math.clamp(options.getOrDefault("--rounds", 0), 1, MOST_ROUNDS);
        List<Row> rows = new IngressBenchmark(seconds, rounds).run();
        System.out.println(Report.table(rows));
        Report.write(rows, "./benchmarks/run " + String.join(" ", args));
    }
}
