package io.captchapipeline.router.ledger;

/// What changes nothing, and is counted so that people see it; and, of outcomes, those nobody had announced.
public enum Counted {
    /// The same request again.
    REPEATED_REQUEST,
    /// The same announcement again.
    REPEATED_ANNOUNCEMENT,
    /// An announcement of a task that is already known under another name, or of an attempt that is none.
    MISMATCHED_ANNOUNCEMENT,
    /// A foreign task was announced after its outcome.
    LATE_ANNOUNCEMENT,
    /// An announcement or a bare result that is older than anything remembered.
    EXPIRED,
    /// The same answer again.
    DUPLICATE_ANSWER,
    /// Another answer than the one that counted.
    CONFLICTING_ANSWER,
    /// An answer after the request ended without this one.
    LATE_ANSWER,
    /// A failure of an attempt that was given up on.
    STALE_FAILURE,
    /// A result whose task is not the one taken for the attempt, or whose ticket does not fit the request.
    MISMATCHED_ANSWER,
    /// An answer to a request that is not remembered, or never was.
    ENTRY_GONE,
    /// An outcome of a task that nobody announced.
    UNANNOUNCED,
    /// An entry that the ledger could not decide upon when it was due: a mistake of ours.
    UNDECIDABLE
}
