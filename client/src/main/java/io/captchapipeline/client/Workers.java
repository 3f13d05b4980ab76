package io.captchapipeline.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Threads that work on a queue until they are closed.
public final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Supplier<QueueReader> readers;
    private final Worker worker;
    private final String group;
    private final Duration patience;
    private final List<Thread> threads;
    private volatile boolean closing;

    private Workers(int count, Supplier<QueueReader> readers, Worker worker, String group, Duration patience) {
        this.readers = readers;
        this.worker = worker;
        this.group = group;
        this.patience = patience;
        this.threads = IntStream.rangeClosed(1, count).mapToObj(this::thread).toList();
    }

    static Workers start(int count, Supplier<QueueReader> readers, Worker worker, String group, Duration patience) {
        if (count < 1) {
            throw new IllegalArgumentException("there must be a worker");
        }
        var workers = new Workers(count, readers, worker, group, patience);
        workers.threads.forEach(Thread::start);
        return workers;
    }

    /// Takes nothing more, and lets every worker end what it has in hand; after a while, interrupts them.
    @Override
    public void close() {
        closing = true;
        var until = System.nanoTime() + patience.toNanos();
        for (var thread : threads) {
            if (!ends(thread, until)) {
                thread.interrupt();
            }
        }
    }

    private void run() {
        var handler = Executors.newSingleThreadExecutor(
                task -> daemon(task, Thread.currentThread().getName() + "-handler"));
        try {
            while (!closing) {
                read(handler);
            }
        } finally {
            handler.shutdownNow();
        }
    }

    /// Until it is closed, or the connection to the group is of no use any more.
    private void read(ExecutorService handler) {
        try (var reader = readers.get()) {
            while (!closing) {
                var lent = reader.next(POLL);
                if (lent != null) {
                    work(reader, lent, handler);
                }
            }
        } catch (RuntimeException e) {
            if (!closing) {
                LOG.atWarn().addKeyValue("group", group).setCause(e).log("The queue cannot be read, trying again");
                LockSupport.parkNanos(AFTER_TROUBLE.toNanos());
            }
        }
    }

    /// Returns when something is said of it. It is kept for as long as the worker needs.
    private void work(QueueReader reader, Lent lent, ExecutorService handler) {
        var done = handler.submit(() -> worker.work(lent.answer(), lent.delivery()));
        var renewal = reader.lock().dividedBy(3);
        while (true) {
            try {
                reader.settle(lent, done.get(renewal.toMillis(), TimeUnit.MILLISECONDS));
                return;
            } catch (TimeoutException e) {
                if (!reader.renew(lent, patience)) {
                    done.cancel(true);
                    return;
                }
            } catch (ExecutionException e) {
                failed(reader, lent, e);
                return;
            } catch (InterruptedException e) {
                abandon(done);
                return;
            }
        }
    }

    private void failed(QueueReader reader, Lent lent, ExecutionException e) {
        LOG.atWarn()
                .addKeyValue("group", group)
                .addKeyValue("request_id", lent.answer().requestId())
                .addKeyValue("delivery", lent.delivery())
                .setCause(e.getCause())
                .log("A worker failed, the answer is released");
        var pause = Duration.ofMillis(100L << Math.min(lent.delivery(), 6));
        LockSupport.parkNanos(Math.min(pause.toNanos(), LONGEST_PAUSE.toNanos()));
        reader.settle(lent, Verdict.RELEASE);
    }

    /// It is released as the reader is closed.
    private static void abandon(Future<?> done) {
        done.cancel(true);
        Thread.currentThread().interrupt();
    }

    private static boolean ends(Thread thread, long until) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private Thread thread(int number) {
        return daemon(this::run, "captcha-worker-" + group + "-" + number);
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
