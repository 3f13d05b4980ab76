package io.captchapipeline.testkit;

import java.util.Locale;

/// What a reader sees of transactions.
public enum Isolation {
    /// Committed records only.
    READ_COMMITTED,
    /// Also what is open or aborted.
    READ_UNCOMMITTED;

    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
