package io.captchapipeline.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.testkit.ChildJvm;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One of the processes that do a service's work, at ports of its own, through all its lives.
final class Instance implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LINES_SHOWN = 20;

    private final Part part;
    private final String name;
    private final Map<String, String> environment;
    private final int port = FreePort.next();
    private final int management = FreePort.next();
    private final List<String> output = new ArrayList<>();
    private ChildJvm process;
    private boolean terminated;

    private Instance(Part part, String name, Map<String, String> settings) {
        this.part = part;
        this.name = name;
        var own = new HashMap<>(settings);
        own.put("MANAGEMENT_PORT", Integer.toString(management));
        if (part.listens()) {
            own.put(part.portSetting(), Integer.toString(port));
        }
        environment = Map.copyOf(own);
        process = ChildJvm.start(part.main(), environment);
    }

    static Instance start(Part part, String name, Map<String, String> settings) {
        return new Instance(part, name, settings);
    }

    Part part() {
        return part;
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    synchronized void kill() {
        process.kill();
    }

    /// Returns its exit code.
    synchronized int terminate() {
        terminated = true;
        return process.terminate();
    }

    /// If it has ended, and not because we asked it to: as whatever runs services does.
    synchronized void startAgain() {
        if (!terminated && !process.isAlive()) {
            output.addAll(process.lines());
            process = ChildJvm.start(part.main(), environment);
        }
    }

    synchronized void suspend() {
        process.suspend();
    }

    synchronized void resume() {
        process.resume();
    }

    synchronized void fillDisk() {
        process.fillDisk();
    }

    synchronized void freeDisk() {
        process.freeDisk();
    }

    boolean isReady() {
        return health().startsWith("200 ");
    }

    boolean isDown(String check) {
        return health().contains("\"name\":\"" + check + "\",\"status\":\"DOWN\"");
    }

    void awaitReady() {
        await(name + " to be ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(health())
                        .as("%s, which said%n%s", name, last())
                        .startsWith("200 "));
    }

    String metrics() {
        return Http.get(management, "/metrics").body();
    }

    /// What it said in all its lives.
    synchronized List<String> output() {
        var all = new ArrayList<>(output);
        all.addAll(process.lines());
        return all;
    }

    @Override
    public synchronized void close() {
        terminated = true;
        process.close();
    }

    private String health() {
        try {
            var answer = Http.get(management, "/health/ready");
            return answer.statusCode() + " " + answer.body();
        } catch (UncheckedIOException e) {
            return "no answer: " + e.getMessage();
        }
    }

    /// What it warned of lately.
    private synchronized String last() {
        var warnings = process.lines().stream()
                .filter(line -> !line.contains("\"INFO\"") && !line.contains("\"DEBUG\""))
                .toList();
        return String.join("\n", warnings.subList(Math.max(0, warnings.size() - LINES_SHOWN), warnings.size()));
    }
}
