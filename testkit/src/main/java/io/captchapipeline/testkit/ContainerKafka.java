package io.captchapipeline.testkit;

import io.captchapipeline.broker.BrokerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/// A broker in a container, with the settings of the embedded one. Its port on this machine is fixed, so that it is
/// found again after a restart, and its data stays in the container.
final class ContainerKafka implements Broker {
    private static final String IMAGE = "apache/kafka:4.3.1";
    private static final int PORT_INSIDE = 9092;
    private static final int SECONDS_TO_STOP = 10;

    private final KafkaContainer container = new KafkaContainer(DockerImageName.parse(IMAGE));

    ContainerKafka() {
        container.setPortBindings(List.of("127.0.0.1:" + freePort() + ":" + PORT_INSIDE));
        BrokerSettings.ofOneBroker().forEach((name, value) -> container.withEnv(environmentName(name), value));
        container.start();
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public void stop() {
        container
                .getDockerClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(SECONDS_TO_STOP)
                .exec();
    }

    @Override
    public void startAgain() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void close() {
        container.stop();
    }

    private static String environmentName(String setting) {
        return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
