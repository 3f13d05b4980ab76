package io.captchapipeline.testkit.promise;

import java.util.List;
import java.util.stream.Collectors;

/// Says which promises were not kept, and what broke them.
public final class BrokenPromise extends AssertionError {
    private static final long serialVersionUID = 1L;
    private static final int MOST_LINES = 20;

    BrokenPromise(List<Promise> broken) {
        super(broken.stream().map(BrokenPromise::described).collect(Collectors.joining("\n")));
    }

    private static String described(Promise promise) {
        var lines = promise.broken();
        var shown = lines.stream().limit(MOST_LINES).map(line -> "  " + line).collect(Collectors.joining("\n"));
        var left = lines.size() - MOST_LINES;
        return "not kept: " + promise.name() + " (" + lines.size() + ")\n" + shown
                + (left > 0 ? "\n  and " + left + " more" : "");
    }
}
