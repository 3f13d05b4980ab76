package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.logging.Logging;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.standalone.DataHome;
import java.util.List;

/// Where a command finds the pipeline.
record Surroundings(Settings settings) {

    /// As the named readers of settings see it.
    static Surroundings of(String... readers) {
        Logging.toStandardError();
        return new Surroundings(Settings.read(DataHome.found(Environment.ofProcess()), List.of(readers)));
    }

    KafkaClients kafka() {
        return KafkaClients.of(settings);
    }

    /// The names of these topics, and of the twins that the configured routes have of them.
    List<String> withRoutes(List<Topic<?>> topics) {
        return TopicAdmin.withRoutes(topics, settings).stream().map(Topic::name).toList();
    }
}
