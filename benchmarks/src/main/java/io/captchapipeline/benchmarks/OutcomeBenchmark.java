package io.captchapipeline.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/// From a callback that was answered to its outcome that can be read, exactly once, through real ingress, broker and
/// router; beside a record that is only produced and consumed, on the same broker.
final class OutcomeBenchmark {
    static final int RATE = 500;
    /// Processes that just started are not given the whole load.
    private static final int FIRST_RATE = 100;
    private static final int FIRST_SECONDS = 15;
    private static final int WARM_UP_SECONDS = 60;
    private static final int WARM_UP_OF_A_VARIANT = 20;
    private static final double TARGET = 8;

    private final int seconds;
    private final int rounds;

    OutcomeBenchmark(int seconds, int rounds) {
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /// What one load came to.
    record Load(Histogram fromAnswered, Histogram fromDue, Spread.Cpu cpu) {}

    /// @param variants 1 tries other commit intervals too, 2 other settings as well
    Findings run(int variants) throws IOException, InterruptedException, ExecutionException {
        var findings = beside();
        if (variants > 0) {
            findings = findings.with("commit interval, ms", spreads(Variant.commitIntervals()));
        }
        if (variants > 1) {
            findings = findings.with("all else ours, ms", spreads(Variant.withoutOne()));
        }
        return findings;
    }

    private Findings beside() throws IOException, InterruptedException, ExecutionException {
        var plain = Spread.histogram();
        var answered = Spread.histogram();
        var due = Spread.histogram();
        var cpus = new ArrayList<Spread.Cpu>();
        try (var pipe = Pipe.start(Variant.OURS)) {
            var hop = PlainHop.on(pipe.servers(), RATE);
            say("warming up");
            warmUp(pipe, WARM_UP_SECONDS);
            hop.run("warm-up", FIRST_SECONDS, Spread.histogram());
            for (int round = 1; round <= rounds; round++) {
                say("round " + round);
                hop.run("round" + round, seconds, plain);
                var load = load(pipe, "round" + round, seconds);
                answered.add(load.fromAnswered());
                due.add(load.fromDue());
                cpus.add(load.cpu());
            }
        }
        return findings(plain, answered, due, cpus.getLast());
    }

    private static Findings findings(Histogram plain, Histogram answered, Histogram due, Spread.Cpu cpu) {
        var floor = new Spread("plain: record due to read", plain, null);
        var figure = new Spread("callback answered to outcome readable", answered, cpu);
        return new Findings(List.of(row(figure, floor, 50), row(figure, floor, 99)))
                .with(
                        RATE + "/s, ms",
                        List.of(floor, figure, new Spread("callback due to outcome readable", due, null)));
    }

    private static Row row(Spread figure, Spread floor, int percentile) {
        return new Row(
                figure.what() + ", p" + percentile,
                "ms",
                figure.ms(percentile),
                "plain produce and consume",
                floor.ms(percentile),
                TARGET,
                false);
    }

    /// Each on a broker, an ingress and a router of its own, with nothing left of those before.
    private List<Spread> spreads(List<Variant> variants) throws IOException, InterruptedException, ExecutionException {
        var spreads = new ArrayList<Spread>();
        for (var variant : variants) {
            say(variant.name());
            try (var pipe = Pipe.start(variant)) {
                warmUp(pipe, WARM_UP_OF_A_VARIANT);
                var load = load(pipe, "load", seconds);
                spreads.add(new Spread(variant.name(), load.fromAnswered(), load.cpu()));
            }
        }
        return spreads;
    }

    private static void warmUp(Pipe pipe, int seconds) throws InterruptedException, ExecutionException {
        load(pipe, "first", FIRST_SECONDS, FIRST_RATE);
        load(pipe, "warm-up", seconds);
    }

    static Load load(Pipe pipe, String series, int seconds) throws InterruptedException, ExecutionException {
        return load(pipe, series, seconds, RATE);
    }

    private static Load load(Pipe pipe, String series, int seconds, int rate)
            throws InterruptedException, ExecutionException {
        var requests = new Requests(pipe.servers(), series, rate * seconds);
        requests.write();
        var answered = new AtomicLongArray(requests.count());
        var due = new AtomicLongArray(requests.count());
        try (var arrivals = Arrivals.on(pipe.servers(), "captcha-solved", series, requests.count())) {
            var router = pipe.ofRouter();
            var broker = pipe.ofBroker();
            var begin = System.nanoTime();
            new SteadyLoad(requests.callbacks(), pipe.ingressPort(), rate, (number, wasDue, at) -> {
                        due.set(number, wasDue);
                        answered.set(number, at);
                    })
                    .run(0, seconds);
            var wall = Duration.ofNanos(System.nanoTime() - begin);
            var cpu = new Spread.Cpu(
                    share(pipe.ofRouter().minus(router), wall),
                    share(pipe.ofBroker().minus(broker), wall));
            arrivals.awaitAll();
            return new Load(since(answered, arrivals), since(due, arrivals), cpu);
        }
    }

    /// An outcome can be read before the answer to its callback was: that is no time at all.
    private static Histogram since(AtomicLongArray begins, Arrivals arrivals) {
        var micros = Spread.histogram();
        for (int i = 0; i < begins.length(); i++) {
            micros.recordValue(Math.max(0, arrivals.at(i) - begins.get(i)) / 1000);
        }
        return micros;
    }

    private static double share(Duration cpu, Duration wall) {
        return (double) cpu.toNanos() / wall.toNanos();
    }

    private static void say(String progress) {
        System.out.println(progress);
    }
}
