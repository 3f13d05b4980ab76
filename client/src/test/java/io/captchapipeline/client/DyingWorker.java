package io.captchapipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// A worker in a process of its own that takes one answer, says which, and holds it until it is killed.
final class DyingWorker implements AutoCloseable {
    private static final String IN_HAND = "IN HAND ";

    private final Process process;
    private final BufferedReader output;

    private DyingWorker(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    static DyingWorker start(String servers, String group, String route) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new DyingWorker(new ProcessBuilder(
                        java,
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingWorker.class.getName(),
                        servers,
                        group,
                        route)
                .redirectErrorStream(true)
                .start());
    }

    public static void main(String[] args) throws InterruptedException {
        var wanted = QueueConfig.group(args[1]).routes(args[2]);
        try (var queue = new WorkQueue(ClientConfig.to(args[0]), wanted, Clock.systemUTC())) {
            var delivery = queue.take(Duration.ofMinutes(1)).orElseThrow();
            System.out.println(IN_HAND + delivery.answer().requestId());
            new CountDownLatch(1).await();
        }
    }

    /// The request id of what it holds.
    String awaitInHand() throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(IN_HAND)) {
                return line.substring(IN_HAND.length());
            }
        }
        throw new AssertionError("the worker ended without taking anything");
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
