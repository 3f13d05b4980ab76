package io.captchapipeline.alerting.figures;

/// Where the counters of outcomes lie in a [Tally], and the scopes they are kept for.
public final class Outcomes {
    public static final int SOLVED = 0;
    public static final int FAILED = 1;

    public static final String ALL = "all";
    public static final String ERROR = "error:";
    /// Then the route, a blank and the error.
    public static final String FAILURE = "failure:";

    public static final int COUNTERS = 2;

    private Outcomes() {}
}
