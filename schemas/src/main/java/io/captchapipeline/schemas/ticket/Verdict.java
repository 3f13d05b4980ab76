package io.captchapipeline.schemas.ticket;

/// What came of checking the text of a ticket.
public sealed interface Verdict {
    /// Ours, and still good.
    record Good(Ticket ticket) implements Verdict {}

    /// Ours, and too old.
    record Expired() implements Verdict {}

    /// Not ours: another secret, a changed letter, or no ticket at all.
    record Forged() implements Verdict {}
}
