package io.captchapipeline.testkit;

import io.captchapipeline.broker.BrokerSettings;
import io.captchapipeline.broker.FreePort;
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
        container.setPortBindings(List.of("127.0.0.1:" + FreePort.next() + ":" + PORT_INSIDE));
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
}
