package io.captchapipeline.alerting.figures;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// The counters of one scope: since the first of all, and within the window.
public record Tally(
        @JsonProperty("total") List<Long> totals,
        @JsonProperty("window") List<Long> windows) {
    public static Tally zero(int counters) {
        return new Tally(Collections.nCopies(counters, 0L), Collections.nCopies(counters, 0L));
    }

    public long total(int counter) {
        return totals.get(counter);
    }

    public long window(int counter) {
        return windows.get(counter);
    }

    public Tally plus(Tally other) {
        return new Tally(sum(totals, other.totals, 1), sum(windows, other.windows, 1));
    }

    Tally with(int counter, long more, boolean withinWindow) {
        var added = IntStream.range(0, totals.size())
                .mapToObj(i -> i == counter ? more : 0L)
                .toList();
        return new Tally(sum(totals, added, 1), withinWindow ? sum(windows, added, 1) : windows);
    }

    Tally without(List<Long> bucket) {
        return new Tally(totals, sum(windows, bucket, -1));
    }

    static List<Long> sum(List<Long> left, List<Long> right, int sign) {
        return IntStream.range(0, left.size())
                .mapToObj(i -> left.get(i) + sign * right.get(i))
                .toList();
    }
}
