package io.captchapipeline.router.stream;

import io.captchapipeline.router.ledger.Counted;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// What changed nothing in the ledger. A record that is read again after a crash is counted again.
public final class Counts {

    private final Map<Counted, Counter> counters = new EnumMap<>(Counted.class);

    public Counts(MeterRegistry metrics) {
        for (var counted : Counted.values()) {
            counters.put(
                    counted,
                    Counter.builder("captcha.ledger.counted")
                            .description("Records that changed nothing in the ledger, and outcomes nobody announced")
                            .tag("what", counted.name().toLowerCase(Locale.ROOT))
                            .register(metrics));
        }
    }

    void count(Counted counted) {
        Objects.requireNonNull(counters.get(counted)).increment();
    }
}
