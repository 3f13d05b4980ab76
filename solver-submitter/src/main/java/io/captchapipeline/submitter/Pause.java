package io.captchapipeline.submitter;

import io.captchapipeline.schemas.solver.SolverCode;
import java.time.Duration;
import java.util.Set;

/// How long a refused account is left alone: `first`, and twice as long with each refusal in a row where `doubles`.
record Pause(Duration first, boolean doubles) {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 6;

    /// Those of which the solvers say that the pause is to grow.
    private static final Set<String> GROWING = Set.of("ERROR_NO_SLOT_AVAILABLE", "ERROR_TOO_MUCH_REQUESTS");

    static Pause growing(Duration first) {
        return new Pause(first, true);
    }

    static Pause of(SolverCode code) {
        return new Pause(code.pause(), GROWING.contains(code.code()));
    }

    /// @param refusals those in a row before this one
    Duration after(int refusals) {
        if (!doubles) {
            return first;
        }
        var grown = first.multipliedBy(1L << Math.min(refusals, MOST_DOUBLINGS));
        var longest = first.compareTo(LONGEST) > 0 ? first : LONGEST;
        return grown.compareTo(longest) > 0 ? longest : grown;
    }
}
