package io.captchapipeline.audit;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.consume.Partition;
import io.captchapipeline.kit.health.Health;
import io.captchapipeline.kit.health.HealthCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the heads of the chains outside of the database, every few seconds. A head that is kept gives way to a later
/// one only while the table still holds its row: what was cut off stays told.
final class HeadKeeper implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(HeadKeeper.class);

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ScheduledExecutorService keeping = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("audit-heads").factory());
    private final Map<Partition, Head> latest = new ConcurrentHashMap<>();
    private final Map<Partition, Head> kept = new TreeMap<>();
    private final TreeSet<Partition> gone = new TreeSet<>();
    private final HeadsFile file;
    private final Trail trail;

    HeadKeeper(HeadsFile file, Trail trail) {
        this.file = file;
        this.trail = trail;
    }

    @Override
    public void start() {
        synchronized (kept) {
            kept.putAll(file.read());
            file.prepare(kept.values());
        }
        var _ = keeping.scheduleWithFixedDelay(
                this::keep, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Whether the trail still holds what it once held.
    @Override
    public List<HealthCheck> checks() {
        return List.of(new HealthCheck("audit-trail", this::health));
    }

    @Override
    public void close() {
        keeping.shutdown();
        keep();
    }

    /// Chains that begin here, or that this instance has not kept yet, are kept before they are extended.
    void begin(Collection<Head> heads) {
        synchronized (kept) {
            var before = kept.size();
            for (var head : heads) {
                if (kept.putIfAbsent(head.partition(), head) == null && head.seq() > 0) {
                    LOG.atWarn()
                            .addKeyValue("partition", head.partition())
                            .addKeyValue("rows", head.seq())
                            .log("No head was kept here for this chain; what was cut off before now cannot be told");
                }
            }
            if (kept.size() > before) {
                write();
            }
        }
    }

    void advanced(Collection<Head> heads) {
        heads.forEach(head -> latest.put(head.partition(), head));
    }

    /// What is kept.
    Map<Partition, Head> heads() {
        synchronized (kept) {
            return new TreeMap<>(kept);
        }
    }

    /// Keeps the heads that came since the last time.
    void keep() {
        try {
            var fresh = Map.copyOf(latest);
            synchronized (kept) {
                fresh.values().forEach(this::replace);
                if (!fresh.isEmpty()) {
                    write();
                }
            }
            fresh.forEach(latest::remove);
        } catch (DatabaseTrouble | UncheckedIOException e) {
            LOG.atWarn().setCause(e).log("The heads of the audit trail are not kept; trying again");
        }
    }

    private void replace(Head head) {
        var old = kept.get(head.partition());
        if (old == null || trail.has(old)) {
            kept.put(head.partition(), head);
            gone.remove(head.partition());
        } else if (gone.add(head.partition())) {
            LOG.atError()
                    .addKeyValue("partition", head.partition())
                    .addKeyValue("offset", old.nextOffset() - 1)
                    .log("The audit trail lacks a row that it had; verify it");
        }
    }

    private void write() {
        try {
            file.write(kept.values());
        } catch (IOException e) {
            throw new UncheckedIOException("the heads of the audit trail cannot be written", e);
        }
    }

    private Health health() {
        synchronized (kept) {
            return Health.ofUp().with("intact", gone.isEmpty()).with("partitions", kept.size());
        }
    }
}
