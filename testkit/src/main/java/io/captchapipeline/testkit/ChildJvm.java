package io.captchapipeline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A main class of the test's own class path, run in a process of its own that can be killed, stopped and continued.
/// It ends with [#close], and at the latest with the JVM that started it, however that ends.
///
/// Everything that waits gives up after [#PATIENCE] and shows what the process said last.
public final class ChildJvm implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LINES_SHOWN = 30;

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread.ofPlatform().daemon().name("output of " + name).start(this::read);
    }

    /// With the environment of this process.
    public static ChildJvm start(Class<?> main, String... arguments) {
        return start(main, Map.of(), arguments);
    }

    /// With the environment of this process, and over it `environment`.
    public static ChildJvm start(Class<?> main, Map<String, String> environment, String... arguments) {
        return new ChildJvm(main.getSimpleName(), launch(command(main, arguments), environment));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// What it wrote to its outputs so far.
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /// Waits until it writes such a line, or has written one, and returns it.
    public synchronized String awaitLine(Predicate<String> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int next = 0; ; next++) {
            awaitLines(next + 1, deadline);
            if (wanted.test(lines.get(next))) {
                return lines.get(next);
            }
        }
    }

    /// As `kill -9` does.
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /// Asks it to end, as `kill` does, and returns its exit code.
    public int terminate() {
        process.toHandle().destroy();
        return awaitEnd();
    }

    /// It stands still, and nobody is told: its connections stay open.
    public void suspend() {
        signal("STOP");
    }

    /// It goes on where it stood still.
    public void resume() {
        signal("CONT");
    }

    /// No file of its can grow, as on a full disk; those that are mapped into memory can be changed.
    public void fillDisk() {
        run("prlimit", "--pid=" + pid(), "--fsize=1:");
    }

    /// There is room again.
    public void freeDisk() {
        run("prlimit", "--pid=" + pid(), "--fsize=unlimited:");
    }

    /// Waits until it has ended by itself.
    public void awaitDeath() {
        awaitEnd();
    }

    @Override
    public void close() {
        kill();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(name + " does not end; " + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void signal(String signal) {
        run("kill", "-" + signal, Long.toString(pid()));
    }

    private void run(String... command) {
        try {
            if (new ProcessBuilder(command).start().waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed for " + name + "; " + said());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void read() {
        try (var output = process.inputReader()) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException _) {
            // Killed while it wrote.
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized void awaitLines(int count, long deadline) {
        try {
            while (lines.size() < count) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError(name + (ended ? " has ended; " : " did not write it in time; ") + said());
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private synchronized String said() {
        var last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
        return "it said\n" + String.join("\n", last);
    }

    private static Process launch(List<String> command, Map<String, String> environment) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(new HashMap<>(environment));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Class<?> main, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ChildMain.class.getName(),
                main.getName()));
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }
}
