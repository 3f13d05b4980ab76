package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The real launcher, as a process of its own. Closing it kills what is left of it.
final class CaptchaProcess implements AutoCloseable {

    /// Of this checkout, whose jars the build has just made.
    static final Path LAUNCHER = Path.of("..", "captcha").toAbsolutePath().normalize();

    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final List<String> FROM_OUTSIDE = List.of("PATH", "HOME", "JAVA_HOME", "TMPDIR", "LANG");

    private final Process process;
    private final Path out;
    private final Path err;

    private CaptchaProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /// Starts it in `directory`, where its output goes too, with no more of our environment than it needs.
    static CaptchaProcess start(Path launcher, Path directory, Map<String, String> environment, String... arguments) {
        try {
            var out = Files.createTempFile(directory, "out", ".txt");
            var err = Files.createTempFile(directory, "err", ".txt");
            var builder = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments))
                            .toList())
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().retainAll(FROM_OUTSIDE);
            builder.environment().putAll(environment);
            return new CaptchaProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CaptchaProcess start(Path directory, Map<String, String> environment, String... arguments) {
        return start(LAUNCHER, directory, environment, arguments);
    }

    CaptchaProcess untilReady() {
        await("READY").atMost(LONGEST_START).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(process.isAlive())
                    .as(() -> "still runs; it said\n" + out() + err())
                    .isTrue();
            return out().lines().anyMatch(line -> line.startsWith("READY"));
        });
        return this;
    }

    /// Its exit code.
    int endsWithin(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                .as(() -> "ends within " + patience + "; it said\n" + out() + err())
                .isTrue();
        return process.exitValue();
    }

    void terminate() {
        process.destroy();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    long pid() {
        return process.pid();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
