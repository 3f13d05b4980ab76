package io.captchapipeline.alerting;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.health.Health;
import io.captchapipeline.kit.health.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Whether some instance judges: silence of the alerting itself is alarming.
final class JudgingCheck implements Running {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int INTERVALS = 6;

    private final InstantSource clock;
    private final Duration patience;
    private volatile Instant last;

    JudgingCheck(InstantSource clock, Duration interval) {
        this.clock = clock;
        this.patience = PATIENCE.plus(interval.multipliedBy(INTERVALS));
        this.last = clock.instant();
    }

    /// Somebody judged.
    void judged() {
        last = clock.instant();
    }

    @Override
    public void start() {
        judged();
    }

    @Override
    public List<HealthCheck> checks() {
        return List.of(new HealthCheck("judging", this::health));
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private Health health() {
        var silent = Duration.between(last, clock.instant());
        var health = silent.compareTo(patience) < 0 ? Health.ofUp() : Health.down("nobody judges");
        return health.with("last", last.toString());
    }
}
