package io.captchapipeline.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// An open-model load: requests leave when they are due, however the server fares, and a latency counts from then.
///
/// Its connections take turns, each in a thread of its own that sleeps until it is due, which costs the cores that it
/// shares less than an event loop does at rates of hundreds. A request whose connection still waits for an answer
/// leaves late, and is late.
final class SteadyLoad {
    private static final int CONNECTIONS = 256;
    private static final int PATIENCE_SECONDS = 60;
    private static final long NANOS = 1_000_000_000L;

    private final Histogram latencies = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(1), 3);
    private final AtomicLong bad = new AtomicLong();
    private final Set<String> kinds = ConcurrentHashMap.newKeySet();
    private final List<String> targets;
    private final int port;
    private final double rate;
    private final Watcher watcher;

    /// Is told of every answer, by many threads.
    ///
    /// Both times are [System#nanoTime].
    interface Watcher {
        void answered(int number, long due, long at);
    }

    /// @param rate requests a second
    SteadyLoad(List<String> targets, int port, double rate) {
        this(targets, port, rate, (_, _, _) -> {});
    }

    SteadyLoad(List<String> targets, int port, double rate, Watcher watcher) {
        this.watcher = watcher;
        this.targets = targets;
        this.port = port;
        this.rate = rate;
    }

    /// The latencies, in microseconds, of what was due after the warm-up. Every answer has to be a good one.
    Histogram run(int warmUpSeconds, int seconds) throws InterruptedException {
        long refused = bad(warmUpSeconds, seconds);
        if (refused > 0) {
            throw new IllegalStateException(refused + " answers were not good: " + kinds);
        }
        return latencies;
    }

    /// Runs, and returns how many were not answered with 200.
    long bad(int warmUpSeconds, int seconds) throws InterruptedException {
        long begin = System.nanoTime();
        var total = (int) (rate * (warmUpSeconds + seconds));
        var schedule = new Schedule(begin, begin + warmUpSeconds * NANOS, total);
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            var turns = IntStream.range(0, CONNECTIONS)
                    .mapToObj(first -> Executors.callable(() -> schedule.run(first)))
                    .toList();
            for (var turn : threads.invokeAll(turns, warmUpSeconds + seconds + PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                turn.get();
            }
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException("not everything was answered", e);
        }
        return bad.get();
    }

    /// What is due when.
    private final class Schedule {
        private final long begin;
        private final long measuredFrom;
        private final int total;

        private Schedule(long begin, long measuredFrom, int total) {
            this.begin = begin;
            this.measuredFrom = measuredFrom;
            this.total = total;
        }

        /// Every so many-th request.
        private void run(int first) {
            int number = first;
            while (isToGoOn(number)) {
                awaitDue(number);
                try (var connection = Connection.to(port)) {
                    for (; isToGoOn(number); number += CONNECTIONS) {
                        awaitDue(number);
                        answered(number, Integer.toString(connection.get(targets.get(number % targets.size()))));
                    }
                } catch (IOException e) {
                    answered(number, e.toString());
                    number += CONNECTIONS;
                }
            }
        }

        private boolean isToGoOn(int number) {
            return number < total && !Thread.currentThread().isInterrupted();
        }

        private void awaitDue(int number) {
            long due = due(number);
            for (long wait = due - System.nanoTime(); wait > 0 && isToGoOn(number); wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
        }

        private void answered(int number, String kind) {
            long now = System.nanoTime();
            long due = due(number);
            watcher.answered(number, due, now);
            if (!kind.equals("200")) {
                bad.incrementAndGet();
                kinds.add(kind);
            }
            if (due >= measuredFrom) {
                latencies.recordValue((now - due) / 1000);
            }
        }

        private long due(int number) {
            return begin + (long) (number / rate * NANOS);
        }
    }
}
