package io.captchapipeline.broker;

import static java.util.Map.entry;

import java.util.Map;
import java.util.TreeMap;

/// Kafka's settings for a single broker, wherever it runs. Places (listeners, directories, ids) are not among them.
public final class BrokerSettings {
    private static final String LARGEST_BATCH = Integer.toString(4 * 1024 * 1024);

    /// Nothing is replicated, because there is nobody to replicate to.
    private static final Map<String, String> ALONE = Map.of(
            "default.replication.factor", "1",
            "min.insync.replicas", "1",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1");

    /// What is waited for by default in a fleet is not waited for here.
    private static final Map<String, String> PROMPT = Map.ofEntries(
            entry("group.initial.rebalance.delay.ms", "0"),
            entry("group.streams.initial.rebalance.delay.ms", "0"),
            // The pause between two transactions of one producer. Its .max.ms stays at 100: with 1, the client pauses
            // 100 ms.
            entry("add.partitions.to.txn.retry.backoff.ms", "1"),
            // A killed node's registration is in its successor's way until its session ends.
            entry("broker.session.timeout.ms", "3000"),
            entry("broker.heartbeat.interval.ms", "500"),
            // How soon the open transaction of a killed producer is ended after its timeout.
            entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
            // There is nobody to hand over to, and a transaction may hang for ever if it tries.
            entry("controlled.shutdown.enable", "false"),
            // How soon expired segments go: some hold solutions.
            entry("log.retention.check.interval.ms", "60000"),
            // How soon a worker of a share group is given its part, and missed when it dies: 5 and 45 s by default.
            entry("group.share.assignment.interval.ms", "0"),
            entry("group.share.heartbeat.interval.ms", "1000"),
            entry("group.share.min.heartbeat.interval.ms", "500"),
            entry("group.share.session.timeout.ms", "10000"),
            entry("group.share.min.session.timeout.ms", "5000"),
            // What a group may ask for; what it is lent for by default stays at 30 s.
            entry("group.share.min.record.lock.duration.ms", "2000"));

    /// A share of a small machine.
    private static final Map<String, String> SMALL = Map.ofEntries(
            entry("offsets.topic.num.partitions", "5"),
            entry("transaction.state.log.num.partitions", "5"),
            entry("share.coordinator.state.topic.num.partitions", "1"),
            entry("num.network.threads", "2"),
            entry("num.io.threads", "4"),
            entry("background.threads", "2"),
            entry("num.recovery.threads.per.data.dir", "2"),
            entry("group.coordinator.threads", "1"),
            entry("group.coordinator.background.threads", "1"),
            entry("share.coordinator.threads", "1"),
            entry("log.cleaner.threads", "1"),
            entry("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024)));

    /// Only topics that somebody created, with records up to 4 MiB.
    private static final Map<String, String> STRICT = Map.of(
            "auto.create.topics.enable", "false",
            "message.max.bytes", LARGEST_BATCH,
            "replica.fetch.max.bytes", LARGEST_BATCH);

    private BrokerSettings() {}

    /// By the names of `server.properties`.
    public static Map<String, String> ofOneBroker() {
        var all = new TreeMap<String, String>();
        all.putAll(ALONE);
        all.putAll(PROMPT);
        all.putAll(SMALL);
        all.putAll(STRICT);
        return all;
    }
}
