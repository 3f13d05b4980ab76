package io.captchapipeline.sandbox;

import java.util.Map;
import java.util.TreeMap;

/// How often one caller asked, and what was accepted.
record Tally(long asked, int accepted, Map<Integer, Integer> attempts) {
    static final Tally NONE = new Tally(0, 0, Map.of());

    Tally turned() {
        return new Tally(asked + 1, accepted, attempts);
    }

    Tally accepted(int attempt) {
        var named = attempts;
        if (attempt > 0) {
            named = new TreeMap<>(attempts);
            named.merge(attempt, 1, Integer::sum);
        }
        return new Tally(asked + 1, accepted + 1, named);
    }

    Tally reseeded() {
        return new Tally(0, accepted, attempts);
    }
}
