package io.captchapipeline.benchmarks;

import io.captchapipeline.sandbox.Sandbox;
import io.captchapipeline.sandbox.SandboxConfig;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A sandbox solver in a process of its own: directory and port.
final class SandboxServer {
    private SandboxServer() {}

    public static void main(String[] args) throws InterruptedException {
        try (var _ = Sandbox.start(new SandboxConfig(Path.of(args[0]), "127.0.0.1", Integer.parseInt(args[1])))) {
            new CountDownLatch(1).await();
        }
    }
}
