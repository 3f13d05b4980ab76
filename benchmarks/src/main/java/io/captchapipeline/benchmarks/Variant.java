package io.captchapipeline.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Settings that differ from ours.
///
/// @param streams of Kafka Streams, in the router
/// @param broker of the broker
record Variant(String name, Map<String, String> streams, Map<String, String> broker) {
    static final Variant OURS = new Variant("ours", Map.of(), Map.of());

    private static final String TXN_BACKOFF = "add.partitions.to.txn.retry.backoff.ms";

    Variant {
        streams = Map.copyOf(streams);
        broker = Map.copyOf(broker);
    }

    /// A transaction is committed, and a poll returns, so often instead of when all that was read is worked on.
    static List<Variant> commitIntervals() {
        return Stream.of(1, 2, 3, 5, 10, 20, 100)
                .map(ms -> new Variant(
                        "`commit.interval.ms` " + ms,
                        Map.of(
                                "prompt", "false",
                                "commit.interval.ms", Integer.toString(ms),
                                "poll.ms", Integer.toString(ms)),
                        Map.of()))
                .toList();
    }

    /// Each latency setting as Kafka has it by default, all else ours; then all of them so. And what we leave
    /// as Kafka has it, otherwise.
    static List<Variant> withoutOne() {
        return List.of(
                streams("producer `linger.ms` 0", Map.of("producer.linger.ms", "0")),
                streams("producer `retry.backoff.ms` 100", Map.of("producer.retry.backoff.ms", "100")),
                new Variant("the broker's `" + TXN_BACKOFF + "` 20", Map.of(), Map.of(TXN_BACKOFF, "20")),
                new Variant(
                        "the broker's `add.partitions.to.txn.retry.backoff.max.ms` 1",
                        Map.of(),
                        Map.of("add.partitions.to.txn.retry.backoff.max.ms", "1")),
                new Variant(
                        "all of these, `commit.interval.ms` and `poll.ms`, as by default",
                        Map.of(
                                "prompt", "false",
                                "commit.interval.ms", "100",
                                "poll.ms", "100",
                                "producer.retry.backoff.ms", "100"),
                        Map.of(TXN_BACKOFF, "20")),
                streams(
                        "`at_least_once`, `linger.ms` 0: what exactly once costs",
                        Map.of("processing.guarantee", "at_least_once", "producer.linger.ms", "0")));
    }

    /// How long a router takes until it is ready again: what it waits for, and what it restores with.
    static List<Variant> restoring() {
        return List.of(
                streams(
                        "static membership, so that nobody waits for the killed one's session",
                        Map.of("main.consumer.group.instance.id", "router")),
                streams("two threads, each of which restores", Map.of("num.stream.threads", "2")),
                streams(
                        "16 MiB fetched of a partition at once",
                        Map.of("restore.consumer.max.partition.fetch.bytes", "16777216")));
    }

    /// What several routers on few cores may have too much of: transactions.
    static List<Variant> draining() {
        return List.of(
                streams("`commit.interval.ms` 100", Map.of("prompt", "false")),
                streams(
                        "`commit.interval.ms` 5",
                        Map.of("prompt", "false", "commit.interval.ms", "5", "poll.ms", "5")));
    }

    /// For the router's JVM.
    List<String> options() {
        return streams.entrySet().stream()
                .map(setting -> "-Dcaptcha.streams." + setting)
                .toList();
    }

    private static Variant streams(String name, Map<String, String> settings) {
        return new Variant(name, settings, Map.of());
    }
}
