package io.captchapipeline.kit.settings;

import java.time.Duration;

/// So many in so much time: `10/s`.
public record Rate(double count, Duration per) {

    public double perSecond() {
        return count * 1e9 / per.toNanos();
    }
}
