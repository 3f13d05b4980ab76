package io.captchapipeline.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/// A sandbox in a process of its own: its directory, and the file that it writes its port to. Its journals are short,
/// so that it is killed while it makes snapshots too.
final class SandboxMain {
    private SandboxMain() {}

    public static void main(String[] args) throws Exception {
        var tuning = new Tuning(
                InstantSource.system(), Bounds.DEFAULT, 256 * 1024, Duration.ofMillis(50), Duration.ofSeconds(5));
        try (var sandbox = Sandbox.start(new SandboxConfig(Path.of(args[0]), "127.0.0.1", 0), tuning)) {
            var port = Path.of(args[1]);
            var unfinished = Files.writeString(Path.of(args[1] + ".new"), Integer.toString(sandbox.port()));
            Files.move(unfinished, port, StandardCopyOption.ATOMIC_MOVE);
            new CountDownLatch(1).await();
        }
    }
}
