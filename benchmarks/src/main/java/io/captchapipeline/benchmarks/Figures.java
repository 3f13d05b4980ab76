package io.captchapipeline.benchmarks;

import java.util.List;

/// What is said of several rounds.
final class Figures {
    private Figures() {}

    static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }
}
