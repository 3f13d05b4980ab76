package io.captchapipeline.broker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/// Where a broker keeps its data, and where clients find it on 127.0.0.1.
///
/// @param directory made if it is not there; what is there is continued
/// @param port where it listens; 0 is any free port
/// @param advertisedPort what it tells clients to connect to; 0 is where it listens. Another port keeps clients behind
/// a proxy.
/// @param more settings over ours, by the names of `server.properties`
public record BrokerConfig(Path directory, int port, int advertisedPort, Map<String, String> more) {
    public static final String HOST = "127.0.0.1";

    private static final int HIGHEST_PORT = 65_535;

    public BrokerConfig {
        requirePort("port", port);
        requirePort("advertisedPort", advertisedPort);
        more = Map.copyOf(more);
        directory = directory.toAbsolutePath().normalize();
    }

    /// On any free port.
    public static BrokerConfig in(Path directory) {
        return new BrokerConfig(directory, 0, 0, Map.of());
    }

    public BrokerConfig onPort(int port) {
        return new BrokerConfig(directory, port, advertisedPort, more);
    }

    public BrokerConfig advertisedOn(int port) {
        return new BrokerConfig(directory, this.port, port, more);
    }

    /// With these settings over ours.
    public BrokerConfig with(Map<String, String> settings) {
        return new BrokerConfig(directory, port, advertisedPort, settings);
    }

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(HOST), port);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(name + " is " + port + ", but a port is 0 to " + HIGHEST_PORT);
        }
    }
}
