package io.captchapipeline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.EmbeddedBroker;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service in a process of its own, told to stop.
class SignalIT {

    /// The process under test.
    public static final class EmptyService {

        private EmptyService() {}

        public static void main(String[] args) {
            ServiceMain.run(
                    new ServiceDefinition<>(Pipeline.INGRESS_CALLBACK, settings -> settings, (_, context) -> {
                        context.publisher(Topics.RESULTS);
                        return Running.all();
                    }),
                    args);
        }
    }

    @Test
    void sigterm_drains_and_ends_the_process_with_0(@TempDir Path directory) throws Exception {
        try (var broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
            createTopics(broker);
            var process = start(broker);
            try (var lines = process.inputReader()) {
                assertThat(lines.lines().anyMatch(line -> line.contains("Serving")))
                        .isTrue();

                process.toHandle().destroy();

                assertThat(process.waitFor(ServiceMain.DRAIN.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(process.exitValue()).isEqualTo(ExitCode.OK);
                assertThat(lines.lines()).anyMatch(line -> line.contains("Stopped"));
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static void createTopics(EmbeddedBroker broker) {
        var settings = Settings.read(
                Environment.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(), "TOPIC_REPLICATION", "1")),
                List.of(Catalogue.ROUTER));
        try (var topics = TopicAdmin.of(settings)) {
            topics.create(Topics.all());
        }
    }

    private static Process start(EmbeddedBroker broker) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmptyService.class.getName())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                        "CALLBACK_SECRET", "s",
                        "BIND_ADDRESS", "127.0.0.1",
                        "MANAGEMENT_PORT", "0",
                        "TOPIC_REPLICATION", "1",
                        "LOG_FORMAT", "text"));
        return builder.start();
    }
}
