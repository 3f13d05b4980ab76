package io.captchapipeline.benchmarks;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.router.ResultRouter;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Routers that come and go, each with a directory of its own. Nothing is late for them, so that nothing but what is
/// measured keeps them busy.
record Routers(Stage stage) {
    /// All of a router's own names begin with it: groups, changelogs.
    static final String APPLICATION = "captcha-result-router";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_NANOS = 20_000_000;

    Routers {
        stage.with("REQUEST_TIMEOUT", "1h").with("ATTEMPT_TIMEOUT", "1h").with("POLL_AFTER", "30m");
    }

    /// @param directory where its state is
    record Router(Child child, int management, Path directory) {

        /// Returns when it is ready: when all that it remembers is here.
        Router ready() {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!isReady()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("a router is not ready");
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            return this;
        }

        private boolean isReady() {
            try {
                var asks = (HttpURLConnection) URI.create("http://127.0.0.1:" + management + "/health/ready")
                        .toURL()
                        .openConnection();
                asks.setConnectTimeout(1000);
                asks.setReadTimeout(1000);
                return asks.getResponseCode() == HttpURLConnection.HTTP_OK;
            } catch (IOException e) {
                return false;
            }
        }

        /// What the ledger has on disk, once it is closed.
        long ledgerBytes() throws IOException {
            return Scratch.bytes(directory.resolve("streams").resolve(APPLICATION), ".sst");
        }
    }

    /// Begins to start one. The same name finds the same state.
    Router start(String name) throws IOException {
        return start(name, Variant.OURS);
    }

    Router start(String name, Variant variant) throws IOException {
        int management = FreePort.next();
        var directory = stage.directory().resolve(name);
        stage.with("DATA_DIR", directory).with("RESULTS_PORT", FreePort.next()).with("MANAGEMENT_PORT", management);
        return new Router(stage.start(ResultRouter.class, variant.options()), management, directory);
    }
}
