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
public record StreamsPlan(
        String role,
        Function<TopologyConfig, Topology> topology,
        Optional<HostInfo> advertised,
        int threads,
        Pace pace) {

    /// How soon it works.
    enum Pace {
        /// Somebody waits for what is written: it is committed as soon as all that was read is worked on.
        PROMPT(Duration.ZERO),
        /// Nobody does.
        CALM(Duration.ofMillis(20));

        private final Duration gathering;

        Pace(Duration gathering) {
            this.gathering = gathering;
        }

        /// How long the broker gathers what is there to read, at the most, so that not every record is an answer of
        /// its own.
        Duration gathering() {
            return gathering;
        }
    }

    public StreamsPlan {
        if (threads < 1) {
            throw new IllegalArgumentException("no threads");
        }
    }

    public static StreamsPlan of(Function<TopologyConfig, Topology> topology) {
        return new StreamsPlan("", topology, Optional.empty(), 1, Pace.PROMPT);
    }

    public StreamsPlan as(String otherRole) {
        return new StreamsPlan(otherRole, topology, advertised, threads, pace);
    }

    public StreamsPlan advertisedAt(HostInfo address) {
        return new StreamsPlan(role, topology, Optional.of(address), threads, pace);
    }

    public StreamsPlan onThreads(int count) {
        return new StreamsPlan(role, topology, advertised, count, pace);
    }

    /// Reads and commits in larger portions: nobody waits for what it writes.
    public StreamsPlan calm() {
        return new StreamsPlan(role, topology, advertised, threads, Pace.CALM);
    }

    String application(String service) {
        return "captcha-" + service + (role.isEmpty() ? "" : "-" + role);
    }
}
