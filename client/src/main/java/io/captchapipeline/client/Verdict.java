package io.captchapipeline.client;

/// What a worker says of an answer that it was handed.
public enum Verdict {
    /// Done with; nobody gets it again.
    ACCEPT,
    /// Not done; somebody gets it again, at once.
    RELEASE,
    /// Of no use to anybody; nobody gets it again.
    REJECT
}
