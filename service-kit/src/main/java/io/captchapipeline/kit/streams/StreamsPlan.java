package io.captchapipeline.kit.streams;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.state.HostInfo;

/// What a service wants to run on Kafka Streams. The application is called `captcha-<service>`, with a role
/// `captcha-<service>-<role>`; groups, changelogs and repartition topics begin with that.
///
/// @param topology puts it together, starting from `new Topology(config)` or `new StreamsBuilder(config)`; every
/// store and every internal topic needs a name
/// @param advertised where other instances reach this one, for [RunningStreams#ownerOf]
/// @param commitInterval how long what is written waits for its readers, at the most
public record StreamsPlan(
        String role,
        Function<TopologyConfig, Topology> topology,
        Optional<HostInfo> advertised,
        int threads,
        Duration commitInterval) {

    /// Somebody waits for what is written.
    private static final Duration PROMPT = Duration.ofMillis(5);
    /// Nobody does.
    private static final Duration CALM = Duration.ofMillis(100);

    public StreamsPlan {
        if (threads < 1) {
            throw new IllegalArgumentException("no threads");
        }
    }

    public static StreamsPlan of(Function<TopologyConfig, Topology> topology) {
        return new StreamsPlan("", topology, Optional.empty(), 1, PROMPT);
    }

    public StreamsPlan as(String otherRole) {
        return new StreamsPlan(otherRole, topology, advertised, threads, commitInterval);
    }

    public StreamsPlan advertisedAt(HostInfo address) {
        return new StreamsPlan(role, topology, Optional.of(address), threads, commitInterval);
    }

    public StreamsPlan onThreads(int count) {
        return new StreamsPlan(role, topology, advertised, count, commitInterval);
    }

    /// Commits seldom: nobody waits for what it writes.
    public StreamsPlan calm() {
        return new StreamsPlan(role, topology, advertised, threads, CALM);
    }

    String application(String service) {
        return "captcha-" + service + (role.isEmpty() ? "" : "-" + role);
    }
}
