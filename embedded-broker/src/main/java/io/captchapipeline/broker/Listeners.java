package io.captchapipeline.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/// The node's two sockets on 127.0.0.1, bound before Kafka starts: so a taken port is known at once, and a free one is
/// known before the settings that name it are written.
final class Listeners implements AutoCloseable {
    static final String CLIENTS = "CLIENTS";
    static final String CONTROLLER = "CONTROLLER";

    private static final int BACKLOG = 128;

    private final ServerSocketChannel clients;
    private final ServerSocketChannel controller;

    private Listeners(ServerSocketChannel clients, ServerSocketChannel controller) {
        this.clients = clients;
        this.controller = controller;
    }

    /// @param port of clients, 0 for any free one
    static Listeners bind(int port) {
        var clients = bound(port == 0 ? FreePort.next() : port);
        try {
            return new Listeners(clients, bound(0));
        } catch (BrokerStartFailed e) {
            shut(clients);
            throw e;
        }
    }

    int clientsPort() {
        return clients.socket().getLocalPort();
    }

    int controllerPort() {
        return controller.socket().getLocalPort();
    }

    /// Hands the sockets to Kafka, which closes them when it stops.
    ServerSocketFactory toKafka() {
        return (listener, _, _, _) -> switch (listener) {
            case CLIENTS -> clients;
            case CONTROLLER -> controller;
            default -> throw new IllegalArgumentException("no such listener: " + listener);
        };
    }

    @Override
    public void close() {
        shut(clients);
        shut(controller);
    }

    private static ServerSocketChannel bound(int port) {
        try {
            var channel = ServerSocketChannel.open();
            try {
                // Kafka selects on it.
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                return channel.bind(BrokerConfig.address(port), BACKLOG);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BrokerStartFailed(
                    "The broker cannot listen on " + BrokerConfig.HOST + ":" + port + " (" + e.getMessage()
                            + "). Stop what listens there, or choose another port.",
                    e);
        }
    }

    private static void shut(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
