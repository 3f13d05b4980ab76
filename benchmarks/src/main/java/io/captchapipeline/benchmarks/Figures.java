package io.captchapipeline.benchmarks;

import java.util.List;

/// What is said of several rounds.
final class Figures {
    private Figures() {}

    static double median(List<Double> figures) {
        var sorted = figures.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
