package io.captchapipeline.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs what users chain to futures, on threads that are ours to end, or on theirs.
record Callbacks(Executor executor, Optional<ExecutorService> own, Duration patience) implements AutoCloseable {
    private static final int THREADS = 16;
    private static final long IDLE_SECONDS = 30;

    static Callbacks of(ClientConfig config) {
        var patience = config.limits().patience();
        if (config.callbacks().isPresent()) {
            return new Callbacks(config.callbacks().get(), Optional.empty(), patience);
        }
        var pool = pool();
        return new Callbacks(pool, Optional.of(pool), patience);
    }

    /// Lets what has begun come to its end.
    @Override
    public void close() {
        own.ifPresent(pool -> {
            pool.shutdown();
            try {
                if (!pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    pool.shutdownNow();
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Its queue holds at most the requests that are open.
    private static ExecutorService pool() {
        var count = new AtomicInteger();
        var pool = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, "captcha-client-callback-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
