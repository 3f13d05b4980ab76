package io.captchapipeline.alerting.figures;

import java.util.Arrays;

/// The counters of one scope: since the first of all, and within the window.
public record Tally(long[] total, long[] window) {
    public static Tally zero(int counters) {
        return new Tally(new long[counters], new long[counters]);
    }

    public Tally plus(Tally other) {
        return new Tally(sum(total, other.total, 1), sum(window, other.window, 1));
    }

    /// Copies: a tally never changes.
    Tally with(int counter, long more, boolean withinWindow) {
        var totals = total.clone();
        var windows = window.clone();
        totals[counter] += more;
        if (withinWindow) {
            windows[counter] += more;
        }
        return new Tally(totals, windows);
    }

    Tally without(long[] bucket) {
        return new Tally(total, sum(window, bucket, -1));
    }

    private static long[] sum(long[] left, long[] right, int sign) {
        var sum = Arrays.copyOf(left, Math.max(left.length, right.length));
        for (int i = 0; i < right.length; i++) {
            sum[i] += sign * right[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally tally && Arrays.equals(total, tally.total) && Arrays.equals(window, tally.window);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(total) + Arrays.hashCode(window);
    }

    @Override
    public String toString() {
        return Arrays.toString(total) + Arrays.toString(window);
    }
}
