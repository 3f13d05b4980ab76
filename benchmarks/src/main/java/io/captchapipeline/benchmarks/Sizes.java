package io.captchapipeline.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How large a run is: the options of a benchmark, as asked or by default.
record Sizes(Map<String, Integer> values) {

    Sizes {
        values = Map.copyOf(values);
    }

    /// @param arguments pairs of `--NAME` and a number
    static Sizes read(Map<String, Integer> defaults, List<String> arguments) {
        var values = new HashMap<>(defaults);
        for (int i = 0; i < arguments.size(); i += 2) {
            var name = arguments.get(i).replaceFirst("^--", "");
            if (!defaults.containsKey(name) || i + 1 == arguments.size()) {
                throw new IllegalArgumentException(
                        "not an option with a number: " + arguments.get(i) + "; there are " + defaults);
            }
            values.put(name, Integer.valueOf(arguments.get(i + 1)));
        }
        return new Sizes(values);
    }

    int of(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /// Within what a run can bear.
    int of(String name, int most) {
        return Math.clamp(of(name), 1, most);
    }
}
