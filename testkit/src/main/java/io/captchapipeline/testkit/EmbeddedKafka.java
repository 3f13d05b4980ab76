package io.captchapipeline.testkit;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A broker inside this JVM, with its data in a temporary directory.
final class EmbeddedKafka implements Broker {
    private final Path directory;
    private final int port;
    private EmbeddedBroker broker;

    EmbeddedKafka() {
        directory = temporaryDirectory();
        broker = EmbeddedBroker.start(BrokerConfig.in(directory));
        port = broker.port();
    }

    @Override
    public String bootstrapServers() {
        return BrokerConfig.HOST + ":" + port;
    }

    @Override
    public void stop() {
        broker.close();
    }

    @Override
    public void startAgain() {
        broker = EmbeddedBroker.start(BrokerConfig.in(directory).onPort(port));
    }

    @Override
    public void close() {
        broker.close();
        delete(directory);
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("testkit-kafka-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
