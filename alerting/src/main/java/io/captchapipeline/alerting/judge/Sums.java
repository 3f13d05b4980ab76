package io.captchapipeline.alerting.judge;

import io.captchapipeline.alerting.figures.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts the figures of parts together.
final class Sums {
    private Sums() {}

    static Map<String, Tally> of(List<Map<String, Tally>> parts) {
        var sum = new TreeMap<String, Tally>();
        parts.forEach(part -> part.forEach((scope, tally) -> sum.merge(scope, tally, Tally::plus)));
        return sum;
    }

    static @Nullable Instant earliest(Stream<@Nullable Instant> times) {
        return times.filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
    }

    static @Nullable Instant latest(Stream<@Nullable Instant> times) {
        return times.filter(Objects::nonNull).max(Instant::compareTo).orElse(null);
    }
}
