package io.captchapipeline.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// The figures of the trail. How far behind it is, and how large its batches are, the kit tells
/// (`captcha_batch_*`).
final class AuditMetrics {
    private final Counter rows;
    private final Counter missed;
    private final Counter pruned;
    private final AtomicReference<Double> verifiedAt = new AtomicReference<>(Double.NaN);
    private final AtomicReference<Double> breaks = new AtomicReference<>(Double.NaN);

    AuditMetrics(MeterRegistry metrics) {
        rows = counter("captcha.audit.rows", "Rows that were stored", metrics);
        missed = counter(
                "captcha.audit.missed.offsets",
                "Offsets that a topic dropped before they were read; ends of transactions count too",
                metrics);
        pruned = counter("captcha.audit.pruned.rows", "Rows that were pruned because of their age", metrics);
        Gauge.builder("captcha.audit.verified", verifiedAt, AtomicReference::get)
                .description("When the trail was last verified, in seconds since 1970")
                .baseUnit("seconds")
                .register(metrics);
        Gauge.builder("captcha.audit.breaks", breaks, AtomicReference::get)
                .description("Breaks that the last verification found")
                .register(metrics);
    }

    void stored(int count) {
        rows.increment(count);
    }

    void missed(long offsets) {
        missed.increment((double) offsets);
    }

    void pruned(int count) {
        pruned.increment(count);
    }

    void verified(Instant at, long found) {
        verifiedAt.set((double) at.getEpochSecond());
        breaks.set((double) found);
    }

    private static Counter counter(String name, String description, MeterRegistry metrics) {
        return Counter.builder(name).description(description).register(metrics);
    }
}
