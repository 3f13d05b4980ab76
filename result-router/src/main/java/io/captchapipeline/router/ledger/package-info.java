/// The ledger: one entry a request, and one pure function that decides.
///
/// The story of a request: [RequestReader] reads it, [Ledger#decide] opens its [Entry] and admits it; what the solver
/// is
/// asked, takes, refuses and answers are [LedgerEvent]s, each of which makes one entry of another and says what is to
/// be
/// done as [Output]s, until one of them tells the outcome. Whatever comes later is counted.
///
/// Tasks have entries of their own, since results may name nothing else: an alias to the request a task was taken
/// for, a foreign task as it was announced, or a result that waits for its announcement. Entries of different keys lie
/// in
/// different partitions and speak by [Link]s.
///
/// There is no Kafka here, no clock and no store: who calls keeps entries ([EntryCodec]), finds those that are due
/// ([Entry#due]) and does what outputs say.
@NullMarked
package io.captchapipeline.router.ledger;

import org.jspecify.annotations.NullMarked;
