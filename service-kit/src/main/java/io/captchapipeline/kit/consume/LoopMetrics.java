package io.captchapipeline.kit.consume;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// The figures of one loop.
final class LoopMetrics {

    private final AtomicInteger inFlight = new AtomicInteger();
    private final MeterRegistry registry;
    private final Tags tags;
    private final Counter unreadable;

    LoopMetrics(MeterRegistry registry, String service, String group, String topic) {
        this.registry = registry;
        this.tags = Tags.of("group", group, "topic", topic);
        this.unreadable = Counter.builder("captcha.unreadable.records")
                .description("Records that are not what their topic promises")
                .tags("service", service, "topic", topic)
                .register(registry);
        Gauge.builder("captcha.records.in.flight", inFlight, AtomicInteger::get)
                .description("Records that are being worked on")
                .tags(tags)
                .register(registry);
    }

    void began() {
        inFlight.incrementAndGet();
    }

    void ended() {
        inFlight.decrementAndGet();
    }

    int inFlight() {
        return inFlight.get();
    }

    void unreadable() {
        unreadable.increment();
    }

    /// A record's offset may pass, and this is why.
    void handled(String result) {
        counter("captcha.records.handled", "Records whose offset has passed or may pass", "result", result)
                .increment();
    }

    /// A record is tried again, and this is why.
    void retried(String reason) {
        counter("captcha.records.retried", "Tries that were not the last of their record", "reason", reason)
                .increment();
    }

    void workThrew() {
        counter("captcha.works.failed", "Claimed works that threw", "result", "threw")
                .increment();
    }

    Timer.Sample commitBegins() {
        return Timer.start(registry);
    }

    void commitEnds(Timer.Sample sample, Enum<?> outcome) {
        sample.stop(Timer.builder("captcha.claim.commit")
                .description("Transactions of marks and offsets")
                .tags(tags)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry));
    }

    private Counter counter(String name, String description, String label, String value) {
        return Counter.builder(name)
                .description(description)
                .tags(tags)
                .tag(label, value)
                .register(registry);
    }
}
