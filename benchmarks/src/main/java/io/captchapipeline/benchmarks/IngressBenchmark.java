package io.captchapipeline.benchmarks;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.ingress.IngressCallback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Callbacks stored with acks=all and every check on, beside a handler that only answers, on the same machine and for
/// the same requests: the maximum of each, and the latency of each at half of the ingress's maximum.
final class IngressBenchmark {
    private static final int WARM_UP_SECONDS = 20;
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
        var ceiling = new RapidLoad(targets, ceilingPort, rate).run(WARM_UP_SECONDS, seconds);
        var ingress = new RapidLoad(targets, ingressPort, rate).run(WARM_UP_SECONDS, seconds);
        return List.of(
                new Row(
                        "callbacks stored a second",
                        "/s",
                        Figures.median(maxima),
                        "bare handler",
                        Figures.median(ceilings),
                        THROUGHPUT_TARGET,
                        true),
                latency("p50", ingress.getValueAtPercentile(50), ceiling.getValueAtPercentile(50)),
                latency("p99", ingress.getValueAtPercentile(99), ceiling.getValueAtPercentile(99)));
    }

    private static Row latency(String percentile, long micros, long boundMicros) {
        return new Row(
                "callback latency at half of that, " + percentile,
                "ms",
                micros / 1000.0,
                "bare handler",
                boundMicros / 1000.0,
                LATENCY_TARGET,
                false);
    }

    private static void say(String progress) {
        System.out.println(progress);
    }
}
