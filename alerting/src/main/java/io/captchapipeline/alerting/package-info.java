/// Delivery statistics, rules, and telling people.
///
/// The story of an alert: the topology in `streams` reads what became of every task and keeps `figures` of it; one task
/// of it judges them all (`judge`) and writes alerts, snapshots and digests; every instance follows these for its
/// [AlertingApi], and some instance tells people of them (`tell`). Only a lost Kafka is told directly, by [KafkaAlarm].
@NullMarked
package io.captchapipeline.alerting;

import org.jspecify.annotations.NullMarked;
