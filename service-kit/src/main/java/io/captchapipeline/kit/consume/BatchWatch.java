package io.captchapipeline.kit.consume;

import io.captchapipeline.kit.health.Health;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a loop of batches is doing: its figures, whether it is well, and how long it waits after a failure. A handler
/// that takes long is not well either, though it may answer in the end.
final class BatchWatch {

    private static final Logger LOG = LoggerFactory.getLogger(BatchWatch.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration SLOW = Duration.ofSeconds(5);

    private final String group;
    private final Clock clock;
    private final DistributionSummary records;
    private final Timer time;
    private final Counter lost;
    private final AtomicLong lag = new AtomicLong();
    private volatile @Nullable Trouble trouble;
    private volatile @Nullable Instant askedAt;

    private record Trouble(String reason, int failures, Instant since) {}

    BatchWatch(String group, Clock clock, MeterRegistry metrics) {
        this.group = group;
        this.clock = clock;
        this.records = DistributionSummary.builder("captcha.batch.records")
                .description("Records of a batch that was stored")
                .tag("group", group)
                .register(metrics);
        this.time = Timer.builder("captcha.batch.time")
                .description("How long storing a batch takes")
                .tag("group", group)
                .register(metrics);
        this.lost = Counter.builder("captcha.batch.lost.ownership")
                .description("Batches dropped because somebody else had moved on")
                .tag("group", group)
                .register(metrics);
        Gauge.builder("captcha.batch.lag", lag, AtomicLong::doubleValue)
                .description("Records that wait to be read")
                .tag("group", group)
                .register(metrics);
    }

    /// From now on the handler is waited for.
    void asked() {
        askedAt = clock.instant();
    }

    /// The handler is done with it, well or not.
    void answered() {
        askedAt = null;
    }

    void stored(Batch batch, Duration took) {
        records.record(batch.records().size());
        time.record(took);
    }

    void lostOwnership(Batch batch) {
        lost.increment();
        LOG.atInfo()
                .addKeyValue("group", group)
                .addKeyValue("partitions", batch.partitions())
                .log("Somebody else has moved on; asking where to read");
    }

    void lag(long waiting) {
        lag.set(waiting);
    }

    void well() {
        if (trouble != null) {
            trouble = null;
            LOG.atInfo().addKeyValue("group", group).log("Batches are stored again");
        }
    }

    /// The message of what was thrown is told to operators, so it holds no payload.
    ///
    /// @return how long to wait before the next try
    Duration failed(String reason, Throwable cause) {
        var before = trouble;
        var now = before == null
                ? new Trouble(reason, 1, clock.instant())
                : new Trouble(reason, before.failures + 1, before.since);
        trouble = now;
        if (before == null || !before.reason.equals(reason)) {
            LOG.atWarn()
                    .addKeyValue("group", group)
                    .addKeyValue("reason", reason)
                    .setCause(cause)
                    .log("A batch could not be stored; trying again until it can");
        }
        return pause(now.failures);
    }

    Health health() {
        var known = trouble;
        var health = known == null
                ? promptness()
                : Health.down(known.reason)
                        .with("since", known.since.toString())
                        .with("tries", known.failures);
        return health.with("lag", lag.get());
    }

    private Health promptness() {
        var since = askedAt;
        return since == null || Duration.between(since, clock.instant()).compareTo(SLOW) < 0
                ? Health.ofUp()
                : Health.down("a batch is being stored for more than " + SLOW.toSeconds() + " s")
                        .with("since", since.toString());
    }

    private static Duration pause(int failures) {
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        var whole = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return Duration.ofMillis(
                whole.toMillis() / 2 + ThreadLocalRandom.current().nextLong(whole.toMillis() / 2 + 1));
    }
}
