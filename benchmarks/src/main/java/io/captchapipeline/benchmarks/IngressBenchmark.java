package io.captchapipeline.benchmarks;

import io.captchapipeline.ingress.IngressCallback;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
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
        var directory = Files.createTempDirectory("captcha-benchmark");
        int brokerPort = Child.freePort();
        int ingressPort = Child.freePort();
        int ceilingPort = Child.freePort();
        var environment = environment(brokerPort, ingressPort);
        try (var _ = Child.start(
                                BrokerServer.class,
                                Map.of(),
                                directory,
                                directory.resolve("kafka").toString(),
                                Integer.toString(brokerPort))
                        .listening(brokerPort);
                var _ = ingress(environment, directory).listening(ingressPort);
                var _ = Child.start(CeilingServer.class, Map.of(), directory, Integer.toString(ceilingPort))
                        .listening(ceilingPort)) {
            return measure(directory, ingressPort, ceilingPort);
        }
    }

    private static Child ingress(Map<String, String> environment, Path directory) throws IOException {
        var settings = Settings.read(Environment.of(environment), List.of("ingress-callback"));
        try (var topics = TopicAdmin.of(settings)) {
            topics.create(TopicAdmin.wanted(settings));
        }
        return Child.start(IngressCallback.class, environment, directory);
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
        double rate = median(maxima) / 2;
        say("latency at " + (long) rate + "/s");
        var ceiling = new SteadyLoad(targets, ceilingPort, rate).run(WARM_UP_SECONDS, seconds);
        var ingress = new SteadyLoad(targets, ingressPort, rate).run(WARM_UP_SECONDS, seconds);
        return List.of(
                new Row(
                        "callbacks stored a second",
                        "/s",
                        median(maxima),
                        "bare handler",
                        median(ceilings),
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

    private static Map<String, String> environment(int brokerPort, int ingressPort) throws IOException {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + brokerPort,
                "BIND_ADDRESS",
                "127.0.0.1",
                "INGRESS_PORT",
                Integer.toString(ingressPort),
                "MANAGEMENT_PORT",
                Integer.toString(Child.freePort()),
                "TOPIC_REPLICATION",
                "1",
                "CALLBACK_SECRET",
                Targets.SECRET,
                "CALLBACK_ALLOWED_IPS",
                "127.0.0.0/8",
                "LOG_LEVEL",
                "warn");
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private static void say(String progress) {
        System.out.println(progress);
    }
}
