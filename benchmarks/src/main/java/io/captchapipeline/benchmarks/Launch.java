package io.captchapipeline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A process, and how long it took from its start until it was ready.
record Launch(Process process, double seconds) implements AutoCloseable {
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long LOOK_NANOS = 5_000_000;
    private static final int LONGEST_ANSWER_MS = 1_000;
    private static final int LONGEST_END_SECONDS = 30;

    /// Ready when it prints a line that begins so.
    static Launch untilSaid(ProcessBuilder builder, String word) throws IOException {
        long begin = System.nanoTime();
        var process = started(builder.redirectError(ProcessBuilder.Redirect.DISCARD));
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(word)) {
                return since(begin, process);
            }
        }
        throw failed(process);
    }

    /// Ready when `/health/ready` answers 200.
    static Launch untilHealthy(ProcessBuilder builder, int managementPort) throws IOException {
        long begin = System.nanoTime();
        var process = started(builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD));
        while (!isReady(managementPort)) {
            if (!process.isAlive() || System.nanoTime() - begin > PATIENCE_NANOS) {
                throw failed(process);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return since(begin, process);
    }

    private static Process started(ProcessBuilder builder) throws IOException {
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static Launch since(long begin, Process process) {
        return new Launch(process, (System.nanoTime() - begin) / 1e9);
    }

    private static IllegalStateException failed(Process process) {
        process.destroyForcibly();
        return new IllegalStateException(
                "does not get ready: " + process.info().commandLine().orElse(""));
    }

    private static boolean isReady(int port) {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/health/ready")
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(LONGEST_ANSWER_MS);
            connection.setReadTimeout(LONGEST_ANSWER_MS);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// As an operator ends it.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
