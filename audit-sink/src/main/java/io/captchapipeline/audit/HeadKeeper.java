package io.captchapipeline.audit;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.consume.Partition;
import io.captchapipeline.kit.health.Health;
import io.captchapipeline.kit.health.HealthCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the heads of the chains outside of the database, every few seconds. A head that is kept gives way to a later
/// one only when that is known to follow it: because this instance wrote the rows between them, or because they are
/// walked. What was cut off stays told.
final class HeadKeeper implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(HeadKeeper.class);

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ScheduledExecutorService keeping = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("audit-heads").factory());
    /// The latest heads that are known to follow those that are kept.
    private final Map<Partition, Head> known = new ConcurrentHashMap<>();
    /// Later heads, of which that is yet to be found out.
    private final Map<Partition, Head> claimed = new ConcurrentHashMap<>();
    private final Set<Partition> gone = ConcurrentHashMap.newKeySet();
    private final Object writing = new Object();
    private final HeadsFile file;
    private final Trail trail;
    private final Duration interval;
    /// What the file holds.
    private volatile SortedMap<Partition, Head> kept = Collections.emptySortedMap();

    HeadKeeper(HeadsFile file, Trail trail) {
        this(file, trail, INTERVAL);
    }

    HeadKeeper(HeadsFile file, Trail trail, Duration interval) {
        this.file = file;
        this.trail = trail;
        this.interval = interval;
    }

    @Override
    public void start() {
        known.putAll(file.read());
        kept = Collections.unmodifiableSortedMap(new TreeMap<>(known));
        file.prepare(kept.values());
        var _ = keeping.scheduleWithFixedDelay(
                this::keep, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Whether the trail still holds what it once held. Waits for nobody: it is asked on the event loop.
    @Override
    public List<HealthCheck> checks() {
        return List.of(new HealthCheck(
                "audit-trail",
                () -> Health.ofUp().with("intact", gone.isEmpty()).with("partitions", kept.size())));
    }

    @Override
    public void close() {
        keeping.shutdown();
        keep();
    }

    /// Chains that begin here, or that this instance has not kept yet, are kept before they are extended.
    void begin(Collection<Head> heads) {
        for (var head : heads) {
            if (known.putIfAbsent(head.partition(), head) == null && head.seq() > 0) {
                LOG.atWarn()
                        .addKeyValue("partition", head.partition())
                        .addKeyValue("rows", head.seq())
                        .log("No head was kept here for this chain; what was cut off before now cannot be told");
            }
        }
        if (!kept.keySet().containsAll(known.keySet())) {
            write();
        }
    }

    /// The rows between these two heads are stored.
    void advanced(Head from, Head to) {
        var partition = to.partition();
        if (claimed.containsKey(partition) || !known.replace(partition, from, to)) {
            claimed.put(partition, to);
        }
    }

    /// What is kept.
    Map<Partition, Head> heads() {
        return kept;
    }

    /// Keeps the heads that came since the last time.
    synchronized void keep() {
        try {
            Map.copyOf(claimed).values().forEach(this::find);
            if (!kept.equals(known)) {
                write();
            }
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("The heads of the audit trail are not kept; trying again");
        }
    }

    /// Whether the rows lead from the head that is known to the one that is claimed.
    private void find(Head to) {
        var partition = to.partition();
        var from = known.getOrDefault(partition, to);
        var reached = trail.furthest(from, to);
        known.put(partition, reached);
        if (reached.equals(to)) {
            claimed.remove(partition, to);
            gone.remove(partition);
        } else if (gone.add(partition)) {
            LOG.atError()
                    .addKeyValue("partition", partition)
                    .addKeyValue("offset", reached.nextOffset() - 1)
                    .log("The audit trail lacks a row that it had; verify it");
        }
    }

    private void write() {
        synchronized (writing) {
            var fresh = new TreeMap<>(known);
            try {
                file.write(fresh.values());
            } catch (IOException e) {
                throw new UncheckedIOException("the heads of the audit trail cannot be written", e);
            }
            kept = Collections.unmodifiableSortedMap(fresh);
        }
    }
}
