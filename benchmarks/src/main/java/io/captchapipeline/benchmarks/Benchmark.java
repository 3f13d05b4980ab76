package io.captchapipeline.benchmarks;

import java.util.Map;

/// Something that is measured by a command.
///
/// @param sizes its options, each with what it is by default: a run of a few minutes
record Benchmark(Map<String, Integer> sizes, Body body) {

    interface Body {
        Findings run(Sizes sizes) throws Exception;
    }

    Benchmark {
        sizes = Map.copyOf(sizes);
    }
}
