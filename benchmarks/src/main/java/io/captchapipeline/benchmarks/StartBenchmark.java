package io.captchapipeline.benchmarks;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.ServiceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// From the start of a process until it is ready: each service with and without the cache of loaded classes, and
/// `./captcha up` beside the broker alone; and what `up` holds in memory.
final class StartBenchmark {
    private static final Path JAR = Path.of("standalone/target/captcha.jar").toAbsolutePath();
    private static final Path CACHE = Path.of("standalone/target/captcha.aot").toAbsolutePath();
    private static final String READY = "READY";
    private static final double SERVICE_TARGET = 0.5;
    private static final double SERVICE_SECONDS = 1;
    private static final double UP_TARGET = 2;
    private static final double UP_SECONDS = 6;
    private static final double MOST_HEAP_MIB = 1024;
    private static final long IDLE_NANOS = 10_000_000_000L;
    private static final int LONGEST_BUILD_MINUTES = 10;

    private final int rounds;
    private final Map<String, Starts> services = new LinkedHashMap<>();
    private final Starts up = new Starts();

    /// Seconds of each start, and of what stands beside it.
    private record Starts(List<Double> figures, List<Double> bounds) {
        Starts() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        Row row(String what, String bound, double target) {
            return new Row(what, "s", Figures.median(figures), bound, Figures.median(bounds), target, false);
        }

        Row within(String what, double seconds) {
            return new Row(what, "s", Figures.median(figures), "asked for", seconds, 1.0, false);
        }
    }

    StartBenchmark(int rounds) {
        this.rounds = rounds;
    }

    Findings run() throws IOException, InterruptedException {
        Memory memory;
        try (var scratch = Scratch.make()) {
            build();
            makeCache(scratch.path().resolve("rehearsal"));
            startServices();
            for (int round = 1; round <= rounds; round++) {
                startUp(scratch.path().resolve("round" + round));
            }
            memory = memory(scratch.path().resolve("memory"));
        }
        return findings(memory);
    }

    /// The launcher builds what is older than its sources; that is not a start.
    private static void build() throws IOException, InterruptedException {
        var build = new ProcessBuilder("./captcha", "--version").inheritIO().start();
        if (!build.waitFor(LONGEST_BUILD_MINUTES, TimeUnit.MINUTES) || build.exitValue() != 0) {
            build.destroyForcibly();
            throw new IllegalStateException("./captcha does not build");
        }
    }

    /// As the launcher makes it after a build, but not more than once a day: by an `up` that is stopped at once.
    private static void makeCache(Path data) throws IOException {
        Files.deleteIfExists(CACHE);
        var command = java("-XX:AOTCacheOutput=" + CACHE);
        command.addAll(List.of("-jar", JAR.toString(), "up", "--data", data.toString()));
        try (var _ = Launch.untilSaid(free(new ProcessBuilder(command)), READY)) {
            System.out.println("made the cache of loaded classes");
        }
        if (!Files.exists(CACHE)) {
            throw new IllegalStateException("there is no " + CACHE);
        }
    }

    private void startServices() throws IOException {
        int solver = FreePort.next();
        try (var stage = Stage.start(Map.of())) {
            stage.start(
                            SandboxServer.class,
                            stage.directory().resolve("sandbox").toString(),
                            Integer.toString(solver))
                    .listening(solver);
            stage.with("AUDIT_KEY", "a key for benchmarks only, and long enough")
                    .with("CALLBACK_URL", "http://127.0.0.1:1/callback")
                    .with("CAPTCHAAI_URL", "http://127.0.0.1:" + solver)
                    .with("CAPTCHAAI_API_KEY", "0123456789abcdef0123456789abcdef");
            for (var port : List.of("INGRESS_PORT", "RESULTS_PORT", "AUDIT_PORT", "ALERTING_PORT")) {
                stage.with(port, 0);
            }
            for (int round = 1; round <= rounds; round++) {
                for (var service : Pipeline.services()) {
                    startService(stage, service, round);
                }
            }
        }
    }

    private void startService(Stage stage, ServiceContract service, int round) throws IOException {
        var starts = services.computeIfAbsent(service.name(), _ -> new Starts());
        starts.bounds().add(seconds(stage, service, "-XX:AOTMode=off", round + "-without"));
        starts.figures().add(seconds(stage, service, "-XX:AOTCache=" + CACHE, round + "-with"));
        System.out.printf(
                "%s, round %d: %.2f s, without the cache %.2f s%n",
                service.name(),
                round,
                starts.figures().getLast(),
                starts.bounds().getLast());
    }

    private static double seconds(Stage stage, ServiceContract service, String option, String data) throws IOException {
        int management = FreePort.next();
        var command = java(option);
        command.addAll(List.of("-jar", JAR.toString(), "run", service.name()));
        var builder = new ProcessBuilder(command);
        stage.with("MANAGEMENT_PORT", management)
                .with("DATA_DIR", stage.directory().resolve(service.name() + data))
                .environment()
                .forEach(builder.environment()::put);
        try (var launch = Launch.untilHealthy(builder, management)) {
            return launch.seconds();
        }
    }

    private void startUp(Path directory) throws IOException {
        try (var launch = up(directory.resolve("up"))) {
            up.figures().add(launch.seconds());
        }
        try (var launch = broker(directory.resolve("broker"))) {
            up.bounds().add(launch.seconds());
        }
        System.out.printf(
                "up: %.2f s, broker alone %.2f s%n",
                up.figures().getLast(), up.bounds().getLast());
    }

    private static Launch up(Path data) throws IOException {
        return Launch.untilSaid(free(new ProcessBuilder("./captcha", "up", "--data", data.toString())), READY);
    }

    /// With the same options and the same cache.
    private static Launch broker(Path data) throws IOException {
        var command = java("-XX:AOTCache=" + CACHE);
        var classes = Path.of("benchmarks/target/classes").toAbsolutePath();
        command.addAll(List.of(
                "-cp", JAR + ":" + classes, BrokerServer.class.getName(), data.toString(), "" + FreePort.next()));
        return Launch.untilSaid(new ProcessBuilder(command), READY);
    }

    private static Memory memory(Path data) throws IOException, InterruptedException {
        try (var launch = up(data)) {
            LockSupport.parkNanos(IDLE_NANOS);
            return Memory.of(launch.process().pid());
        }
    }

    private Findings findings(Memory memory) {
        var rows = new ArrayList<Row>();
        rows.add(up.row("`./captcha up` to READY", "the broker alone", UP_TARGET));
        rows.add(up.within("`./captcha up` to READY, by the clock", UP_SECONDS));
        services.forEach((name, starts) -> {
            rows.add(starts.row(name + " ready", "without the cache", SERVICE_TARGET));
            rows.add(starts.within(name + " ready, by the clock", SERVICE_SECONDS));
        });
        rows.add(heap("heap of `up` that is in use", memory.live()));
        rows.add(heap("heap of `up` that is committed", memory.committed()));
        rows.add(heap("all memory of `up`", memory.resident()));
        return new Findings(rows);
    }

    private static Row heap(String what, double mib) {
        return new Row(what, "MiB", mib, "asked for", MOST_HEAP_MIB, 1.0, false);
    }

    /// The launcher's options.
    private static List<String> java(String option) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-Xlog:disable",
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dvertx.logger-delegate-factory-class-name=io.vertx.core.logging.SLF4JLogDelegateFactory"));
    }

    /// On ports that nobody else uses.
    private static ProcessBuilder free(ProcessBuilder builder) {
        for (var port : List.of("KAFKA", "INGRESS", "RESULTS", "AUDIT", "ALERTING", "SANDBOX", "MANAGEMENT")) {
            builder.environment().put(port + "_PORT", "0");
        }
        return builder;
    }
}
