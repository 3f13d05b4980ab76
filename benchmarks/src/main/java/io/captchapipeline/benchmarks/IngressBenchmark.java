package io.captchapipeline.benchmarks;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.ingress.IngressCallback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Callbacks stored with acks=all and every check on, beside a handler that only answers, on the same machine and for
/// the same requests: the maximum of each, and the latency of each at half of the ingress's maximum.
final class IngressBenchmark {
    private static final int WARM_UP_SECONDS = 20;
    private static final int WARM_UP_OF_A_ROUND = 8;
    private static final double THROUGHPUT_TARGET = 0.5;
    private static final double LATENCY_TARGET = 5;

    private final int seconds;
    private final int rounds;

    IngressBenchmark(int seconds, int rounds) {
        this.seconds = seconds;
        this.rounds = rounds;
    }

    List<Row> run() throws IOException, InterruptedException {
        int ingressPort = FreePort.next();
        int ceilingPort = FreePort.next();
        try (var stage = Stage.start(Map.of())) {
            stage.with("INGRESS_PORT", ingressPort)
                    .with("CALLBACK_ALLOWED_IPS", "127.0.0.0/8")
                    .start(IngressCallback.class)
                    .listening(ingressPort);
            stage.start(CeilingServer.class, Integer.toString(ceilingPort)).listening(ceilingPort);
            return measure(stage.directory(), ingressPort, ceilingPort);
        }
    }

    private List<Row> measure(Path directory, int ingressPort, int ceilingPort)
            throws IOException, InterruptedException {
        var targets = Targets.make();
        var wrk = new Wrk(directory, targets);
        say("warming up");
        wrk.maximum(ceilingPort, WARM_UP_SECONDS);
        wrk.maximum(ingressPort, WARM_UP_SECONDS);
        var ceilings = new ArrayList<Double>();
        var maxima = new ArrayList<Double>();
        for (int round = 1; round <= rounds; round++) {
            ceilings.add(wrk.maximum(ceilingPort, seconds));
            maxima.add(wrk.maximum(ingressPort, seconds));
            say("round " + round + ": ceiling " + (long) ceilings.getLast().doubleValue() + "/s, ingress "
                    + (long) maxima.getLast().doubleValue() + "/s");
        }
        double rate = Figures.median(maxima) / 2;
        say("latency at " + (long) rate + "/s");
        var ceiling = new Latencies(targets, ceilingPort, rate);
        var ingress = new Latencies(targets, ingressPort, rate);
        for (int round = 1; round <= rounds; round++) {
            ceiling.measure(seconds);
            ingress.measure(seconds);
        }
        return List.of(
                new Row(
                        "callbacks stored a second",
                        "/s",
                        Figures.median(maxima),
                        "bare handler",
                        Figures.median(ceilings),
                        THROUGHPUT_TARGET,
                        true),
                latency(50, ingress, ceiling),
                latency(99, ingress, ceiling));
    }

    private static Row latency(int percentile, Latencies ingress, Latencies ceiling) {
        return new Row(
                "callback latency at half of that, p" + percentile,
                "ms",
                ingress.ms(percentile),
                "bare handler",
                ceiling.ms(percentile),
                LATENCY_TARGET,
                false);
    }

    /// Of one server, round by round.
    private record Latencies(List<String> targets, int port, double rate, List<Histogram> rounds) {
        Latencies(List<String> targets, int port, double rate) {
            this(targets, port, rate, new ArrayList<>());
        }

        void measure(int seconds) throws InterruptedException {
            rounds.add(new RapidLoad(targets, port, rate).run(WARM_UP_OF_A_ROUND, seconds));
            say(String.format(Locale.ROOT, "port %d: medians so far: p50 %.2f ms, p99 %.2f ms", port, ms(50), ms(99)));
        }

        /// The median of the rounds.
        double ms(double percentile) {
            return Figures.median(rounds.stream()
                    .map(round -> round.getValueAtPercentile(percentile) / 1000.0)
                    .toList());
        }
    }

    private static void say(String progress) {
        System.out.println(progress);
    }
}
