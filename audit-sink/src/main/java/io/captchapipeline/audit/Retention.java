package io.captchapipeline.audit;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.consume.Partition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prunes rows that are older than they are to be kept, from the old end of each chain, a few at a time so that nobody
/// waits for it. It stops before a row that is not what was written: neither is evidence pruned, nor can somebody make
/// it prune by writing an old time into a row.
final class Retention implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(20);
    private static final int ROWS_A_STEP = 500;

    private final ScheduledExecutorService pruning = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("audit-retention").factory());
    private final Duration kept;
    private final Database database;
    private final AuditKeys keys;
    private final HeadKeeper keeper;
    private final AuditMetrics metrics;
    private final Clock clock;
    private final Duration interval;

    /// Of one moment: another instance may be pruning too.
    private record OldEnd(Optional<Anchor> anchor, List<Link> oldest) {}

    Retention(Duration kept, Database database, AuditKeys keys, HeadKeeper keeper, AuditMetrics metrics, Clock clock) {
        this(kept, database, keys, keeper, metrics, clock, INTERVAL);
    }

    Retention(
            Duration kept,
            Database database,
            AuditKeys keys,
            HeadKeeper keeper,
            AuditMetrics metrics,
            Clock clock,
            Duration interval) {
        this.kept = kept;
        this.database = database;
        this.keys = keys;
        this.keeper = keeper;
        this.metrics = metrics;
        this.clock = clock;
        this.interval = interval;
    }

    @Override
    public void start() {
        var _ = pruning.scheduleWithFixedDelay(this::prune, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        pruning.shutdownNow();
    }

    /// All that is due.
    void prune() {
        try {
            var cutoff = clock.instant().minus(kept);
            for (var partition : database.read(Chains::partitions)) {
                while (!pruning.isShutdown() && step(partition, cutoff) == ROWS_A_STEP) {
                    LockSupport.parkNanos(BETWEEN_STEPS.toNanos());
                }
            }
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("Old rows are not pruned; trying again later");
        }
    }

    /// @return how many rows were pruned
    int step(Partition partition, Instant cutoff) {
        var end = database.read(
                handle -> new OldEnd(Chains.anchor(handle, partition), Chains.oldest(handle, partition, ROWS_A_STEP)));
        var oldest = end.oldest;
        var before = end.anchor;
        if (oldest.isEmpty() || before.isEmpty() || !before.get().isGenuine(keys)) {
            return 0;
        }
        var digest = before.get().digest();
        int count = 0;
        for (var link : oldest) {
            if (!link.row().at().isBefore(cutoff)) {
                break;
            }
            if (!link.follows(keys, digest) || isForked(link)) {
                LOG.atError()
                        .addKeyValue("partition", partition)
                        .addKeyValue("offset", link.row().offset())
                        .log("A row is not what was written; nothing from here on is pruned");
                break;
            }
            digest = link.digest();
            count++;
        }
        return count == 0 ? 0 : move(before.get(), oldest.get(count - 1), count);
    }

    /// A chain that leads past the head that is kept without having it: what was cut off would be pruned from memory.
    private boolean isForked(Link link) {
        var witness = keeper.heads().get(link.row().partition());
        return witness != null
                && witness.seq() == link.seq()
                && !witness.digest().equals(link.digest());
    }

    private int move(Anchor before, Link last, int count) {
        var anchor = Anchor.at(keys, before.partition(), last.row().offset(), last.seq(), last.digest());
        boolean moved = database.write(handle -> Chains.moveAnchor(handle, before, anchor));
        metrics.pruned(moved ? count : 0);
        return moved ? count : 0;
    }
}
