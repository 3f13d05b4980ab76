package io.captchapipeline.broker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/// Where a broker keeps its data, and where clients find it on 127.0.0.1.
///
/// @param directory made if it is not there; what is there is continued
/// @param port where it listens; 0 is any free port
/// @param advertisedPort what it tells clients to connect to; 0 is where it listens. Another port keeps clients behind
/// a proxy.
public record BrokerConfig(Path directory, int port, int advertisedPort) {
    public static final String HOST = "127.0.0.1";

    private static final int HIGHEST_PORT = 65_535;

    public BrokerConfig {
        requirePort("port", port);
        requirePort("advertisedPort", advertisedPort);
        directory = directory.toAbsolutePath().normalize();
    }

    /// On any free port.
    public static BrokerConfig in(Path directory) {
        return new BrokerConfig(directory, 0, 0);
    }

    public BrokerConfig onPort(int port) {
        return new BrokerConfig(directory, port, advertisedPort);
    }

    public BrokerConfig advertisedOn(int port) {
        return new BrokerConfig(directory, this.port, port);
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
