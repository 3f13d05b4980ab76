package io.captchapipeline.sandbox;

/// What in.php says to a submission.
sealed interface InReply {
    record Taken(long id) implements InReply {}

    record Refused(String code) implements InReply {}

    /// Status 500.
    record Broken(BrokenPage page) implements InReply {}

    /// Nothing: the connection is reset.
    record Lost() implements InReply {}
}
