package io.captchapipeline.benchmarks;

/// One figure beside its floor or ceiling.
///
/// @param atLeast whether the ratio has to reach the target, or to stay below it
record Row(String what, String unit, double figure, String bound, double boundFigure, double target, boolean atLeast) {
    double ratio() {
        return figure / boundFigure;
    }

    boolean isMet() {
        return atLeast ? ratio() >= target : ratio() <= target;
    }
}
