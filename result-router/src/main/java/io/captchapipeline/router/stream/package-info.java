/// The ledger on Kafka Streams: records in, decisions, records out, and time.
///
/// {@link io.captchapipeline.router.stream.RouterTopology} says what is read and written.
/// {@link io.captchapipeline.router.stream.Inbox} makes a ledger event of a record, or finds that it belongs to another
/// partition, {@link io.captchapipeline.router.stream.LedgerProcessor} has the ledger decide,
/// {@link io.captchapipeline.router.stream.LedgerStore} remembers, and {@link io.captchapipeline.router.stream.Outbox}
/// writes. {@link io.captchapipeline.router.stream.Ticker} turns the time into a record like any other.
@NullMarked
package io.captchapipeline.router.stream;

import org.jspecify.annotations.NullMarked;
