package io.captchapipeline.alerting.figures;

/// Where the counters of deliveries lie in a [Tally], and the scopes they are kept for.
public final class Deliveries {
    public static final int PENDING = 0;
    public static final int DELIVERED = 1;
    public static final int MISSED = 2;
    /// Missed, and its answer was polled.
    public static final int RESCUED = 3;
    /// Missed, and called back later.
    public static final int LATE = 4;
    /// Called back before it was announced.
    public static final int EARLY = 5;
    public static final int DUPLICATES = 6;
    /// Called back and never announced.
    public static final int UNANNOUNCED = 7;

    public static final String ALL = "all";
    public static final String ROUTE = "route:";
    public static final String METHOD = "method:";

    public static final int COUNTERS = 8;

    private Deliveries() {}
}
