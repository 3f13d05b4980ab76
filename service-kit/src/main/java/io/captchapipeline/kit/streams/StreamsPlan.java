package io.captchapipeline.kit.streams;

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
public record StreamsPlan(
        String role, Function<TopologyConfig, Topology> topology, Optional<HostInfo> advertised, int threads) {

    public StreamsPlan {
        if (threads < 1) {
            throw new IllegalArgumentException("no threads");
        }
    }

    public static StreamsPlan of(Function<TopologyConfig, Topology> topology) {
        return new StreamsPlan("", topology, Optional.empty(), 1);
    }

    public StreamsPlan as(String otherRole) {
        return new StreamsPlan(otherRole, topology, advertised, threads);
    }

    public StreamsPlan advertisedAt(HostInfo address) {
        return new StreamsPlan(role, topology, Optional.of(address), threads);
    }

    public StreamsPlan onThreads(int count) {
        return new StreamsPlan(role, topology, advertised, count);
    }

    String application(String service) {
        return "captcha-" + service + (role.isEmpty() ? "" : "-" + role);
    }
}
