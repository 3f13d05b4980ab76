package io.captchapipeline.benchmarks;

import org.jspecify.annotations.Nullable;

/// One figure beside its floor or ceiling.
///
/// @param target of the ratio; null where none is set
/// @param atLeast whether the ratio has to reach the target, or to stay below it
record Row(
        String what,
        String unit,
        double figure,
        String bound,
        double boundFigure,
        @Nullable Double target,
        boolean atLeast) {
    /// Says how it stands, and holds it to nothing.
    static Row untargeted(String what, String unit, double figure, String bound, double boundFigure) {
        return new Row(what, unit, figure, bound, boundFigure, null, false);
    }

    /// Infinite, or no number, beside a bound of nothing.
    double ratio() {
        return figure / boundFigure;
    }

    /// What has no target misses none.
    boolean isMet() {
        return target == null || (atLeast ? ratio() >= target : ratio() <= target);
    }
}
