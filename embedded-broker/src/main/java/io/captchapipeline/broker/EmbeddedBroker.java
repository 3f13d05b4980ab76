package io.captchapipeline.broker;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real KRaft broker, controller and broker in one, inside this JVM and on 127.0.0.1 only.
///
/// What a producer got acknowledged with `acks=all` is still there after a `kill -9`: the operating system has it.
/// It is not flushed to the disk first, so a power cut may lose the last of it.
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

    private final BrokerThreads threads = new BrokerThreads(said -> fail(said, null));
    private final CompletableFuture<BrokerDied> failure = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final DataDirectory directory;
    private final Listeners listeners;
    private final int advertisedPort;
    private final Map<String, String> more;
    private volatile @Nullable KraftNode node;

    private EmbeddedBroker(BrokerConfig config, DataDirectory directory, Listeners listeners) {
        this.directory = directory;
        this.listeners = listeners;
        this.more = config.more();
        this.advertisedPort = config.advertisedPort() == 0 ? listeners.clientsPort() : config.advertisedPort();
    }

    /// Returns when the broker serves clients.
    ///
    /// @throws BrokerStartFailed when it does not; nothing of it is left running
    public static EmbeddedBroker start(BrokerConfig config) {
        var directory = DataDirectory.take(config.directory(), DataDirectory.LEAST_FREE_BYTES);
        try {
            var broker = new EmbeddedBroker(config, directory, Listeners.bind(config.port()));
            broker.start();
            return broker;
        } catch (BrokerStartFailed e) {
            directory.close();
            throw e;
        }
    }

    /// What clients are configured with.
    public String bootstrapServers() {
        return BrokerConfig.HOST + ":" + advertisedPort;
    }

    /// Where it listens, which is not where clients connect if a proxy stands before it.
    public int port() {
        return listeners.clientsPort();
    }

    /// Completes if the broker meets a fault it cannot go on from. Its owner closes it then; never after a normal
    /// close.
    public CompletionStage<BrokerDied> whenFailed() {
        return failure.minimalCompletionStage();
    }

    /// Stops the broker; the data stays.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            inOwnThread("stop", this::stopNode).get(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The embedded broker did not stop cleanly; its data is kept as after a kill", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            release();
        }
    }

    /// The group that every thread of this broker belongs to.
    ThreadGroup threads() {
        return threads;
    }

    private void start() {
        try {
            directory.format(KraftNode.ID, Listeners.CONTROLLER);
            inOwnThread("start", this::startNode).get(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw startFailed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw startFailed(e);
        } catch (BrokerStartFailed e) {
            close();
            throw e;
        }
    }

    private void startNode() throws Exception {
        var composed =
                KraftNode.compose(settings(), listeners, (name, fatal, action) -> faultHandler(name, fatal, action));
        node = composed;
        composed.start();
    }

    private void stopNode() {
        var running = node;
        if (running != null) {
            running.stop(GOODBYE);
        }
    }

    private void release() {
        listeners.close();
        directory.close();
    }

    private Properties settings() {
        var settings = new Properties();
        settings.putAll(BrokerSettings.ofOneBroker());
        settings.putAll(more);
        settings.setProperty("node.id", Integer.toString(KraftNode.ID));
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("log.dirs", directory.path());
        settings.setProperty(
                "listeners",
                at(Listeners.CLIENTS, port()) + "," + at(Listeners.CONTROLLER, listeners.controllerPort()));
        settings.setProperty("advertised.listeners", at(Listeners.CLIENTS, advertisedPort));
        settings.setProperty(
                "listener.security.protocol.map",
                Listeners.CLIENTS + ":PLAINTEXT," + Listeners.CONTROLLER + ":PLAINTEXT");
        settings.setProperty("inter.broker.listener.name", Listeners.CLIENTS);
        settings.setProperty("controller.listener.names", Listeners.CONTROLLER);
        settings.setProperty(
                "controller.quorum.voters", KraftNode.ID + "@" + BrokerConfig.HOST + ":" + listeners.controllerPort());
        return settings;
    }

    private static String at(String listener, int port) {
        return listener + "://" + BrokerConfig.HOST + ":" + port;
    }

    private FaultHandler faultHandler(String name, boolean fatal, Runnable action) {
        return (message, cause) -> {
            action.run();
            LOG.error("{}: {}", name, message, cause);
            if (fatal) {
                fail(name + ": " + message, cause);
            }
            return new BrokerDied(name + ": " + message, cause);
        };
    }

    private void fail(String message, @Nullable Throwable cause) {
        if (!closed.get() && failure.complete(new BrokerDied(message, cause))) {
            LOG.error("The embedded broker in {} cannot go on: {}", directory.path(), message, cause);
        }
    }

    private BrokerStartFailed startFailed(Exception e) {
        var cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        var why = e instanceof TimeoutException ? "it was not ready within " + LONGEST_START.toSeconds() + " s" : cause;
        return new BrokerStartFailed(
                "The broker on port " + port() + " with its data in " + directory.path() + " did not start: " + why
                        + ". If the directory holds something else than this broker's data, choose another.",
                cause);
    }

    private CompletableFuture<Void> inOwnThread(String what, Step step) {
        var done = new CompletableFuture<Void>();
        Thread.ofPlatform()
                .group(threads)
                .name("embedded-broker-" + what)
                .daemon(true)
                .start(() -> {
                    try {
                        step.run();
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                });
        return done;
    }

    /// A step of the broker's life.
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }
}
