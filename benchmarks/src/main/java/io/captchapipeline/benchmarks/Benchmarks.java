package io.captchapipeline.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The command behind `./benchmarks/run`.
final class Benchmarks {
    private static final int USAGE = 2;
    private static final int MOST_SECONDS = 60;
    private static final int MOST_ROUNDS = 10;

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        if (args.length % 2 == 0 || !List.of("ingress", "outcomes").contains(args[0])) {
            System.err.println("Usage: ./benchmarks/run ingress|outcomes [--seconds 1.." + MOST_SECONDS
                    + "] [--rounds 1.." + MOST_ROUNDS + "] [--variants 0|1]");
            System.exit(USAGE);
        }
        var options = new HashMap<>(Map.of("--seconds", 10, "--rounds", 3, "--variants", 1));
        for (int i = 1; i < args.length; i += 2) {
            options.put(args[i], Integer.valueOf(args[i + 1]));
        }
        int seconds = Math.clamp(options.getOrDefault("--seconds", 0), 1, MOST_SECONDS);
        int rounds = Math.clamp(options.getOrDefault("--rounds", 0), 1, MOST_ROUNDS);
        var findings = args[0].equals("ingress")
                ? new Findings(new IngressBenchmark(seconds, rounds).run())
                : new OutcomeBenchmark(seconds, rounds).run(options.getOrDefault("--variants", 1) > 0);
        System.out.println(Report.text(findings));
        Report.write(args[0], findings, "./benchmarks/run " + String.join(" ", args));
    }
}
