package io.captchapipeline.sandbox;

import org.jspecify.annotations.Nullable;

/// What somebody asks of in.php: a task to be made, or nothing that the solver takes.
sealed interface Submission {
    /// @param pingback null where no callback is wanted
    record Sound(Kind kind, Caller caller, @Nullable String pingback) implements Submission {}

    record Unsound(String code) implements Submission {}

    static Submission of(Params params) {
        if (params.tooLarge()) {
            return new Unsound(Codes.TOO_BIG_FILE);
        }
        if (!params.hasKey()) {
            return new Unsound(Codes.WRONG_KEY);
        }
        var method = params.readable() ? SolverMethod.of(params) : null;
        if (method == null) {
            return new Unsound(Codes.BAD_PARAMETERS);
        }
        var problem = method.problem(params);
        if (problem != null) {
            return new Unsound(problem);
        }
        var pingback = params.has("pingback") ? params.get("pingback") : null;
        return new Sound(method.kind(), Caller.of(pingback), pingback);
    }
}
