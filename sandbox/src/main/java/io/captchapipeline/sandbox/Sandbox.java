package io.captchapipeline.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running sandbox solver. Its methods wait for its event loop, so they are not for event loops.
public final class Sandbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);
    private static final int PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final boolean ownsVertx;
    private final DirectoryLock lock;
    private final Loop loop;
    private final String deployment;

    private Sandbox(Vertx vertx, boolean ownsVertx, DirectoryLock lock, Loop loop, String deployment) {
        this.vertx = vertx;
        this.ownsVertx = ownsVertx;
        this.lock = lock;
        this.loop = loop;
        this.deployment = deployment;
    }

    /// Goes on where the last one in this directory ended.
    ///
    /// @throws UncheckedIOException if the directory is in use or damaged, or the port is taken
    public static Sandbox start(SandboxConfig config) {
        return start(config, Tuning.DEFAULT);
    }

    /// The same, on event loops of somebody else's.
    public static Sandbox start(SandboxConfig config, Vertx vertx) {
        return start(config, Tuning.DEFAULT, vertx, false);
    }

    static Sandbox start(SandboxConfig config, Tuning tuning) {
        var vertx = Vertx.vertx();
        try {
            return start(config, tuning, vertx, true);
        } catch (RuntimeException e) {
            vertx.close().await();
            throw e;
        }
    }

    private static Sandbox start(SandboxConfig config, Tuning tuning, Vertx vertx, boolean ownsVertx) {
        try {
            var lock = DirectoryLock.take(config.dir());
            try {
                var loop = load(config, tuning);
                var deployment = await(vertx.deployVerticle(loop));
                LOG.atInfo().addKeyValue("port", loop.port()).log("The sandbox solver listens");
                return new Sandbox(vertx, ownsVertx, lock, loop, deployment);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (BindException e) {
            throw new UncheckedIOException(
                    "The sandbox cannot listen on %s:%d (%s)".formatted(config.host(), config.port(), e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox cannot start: " + e.getMessage(), e);
        }
    }

    /// Reads what was kept, and puts a snapshot in its place.
    private static Loop load(SandboxConfig config, Tuning tuning) throws IOException {
        var files = new JournalFiles(config.dir());
        var state = new State(tuning.bounds());
        long newest = files.newest();
        if (newest > 0) {
            files.read(newest, state::apply);
            files.replace(newest, state.entries().iterator());
        }
        return new Loop(config, tuning, state, files, newest + 1);
    }

    public int port() {
        return loop.port();
    }

    /// What is left on the account is its `balance`.
    public Behaviour behaviour() {
        return ask(loop.with(solver -> Future.succeededFuture(solver.behaviour())));
    }

    /// From now on, in every field; the dice begin anew.
    public void behaviour(Behaviour behaviour) {
        ask(loop.with(solver -> solver.behave(behaviour, true)));
    }

    public TaskReport tasks() {
        return ask(loop.with(solver -> Future.succeededFuture(solver.report())));
    }

    /// Whether every task has ended, and nothing is owed to any pingback.
    boolean isQuiet() {
        return ask(loop.with(solver -> Future.succeededFuture(solver.isQuiet())));
    }

    /// Answers what was accepted. Callbacks that are still due are made after the next start.
    @Override
    public void close() {
        try {
            await(vertx.undeploy(deployment));
        } catch (IOException | IllegalStateException e) {
            LOG.atWarn().setCause(e).log("The sandbox did not close in order");
        } finally {
            lock.close();
            if (ownsVertx) {
                vertx.close().await();
            }
        }
    }

    private static <T> T ask(Future<T> answer) {
        try {
            return await(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer after " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
