package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.logging.Logging;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.standalone.DataHome;
import java.util.List;

/// Where a command finds the pipeline.
record Surroundings(Settings settings) {

    /// As the named readers of settings see it.
    static Surroundings of(String... readers) {
        Logging.toStandardError();
        var found = DataHome.found(Environment.ofProcess());
        try {
            return new Surroundings(Settings.read(found, List.of(readers)));
        } catch (InvalidSettings e) {
            if (!found.standalone()) {
                System.err.println("No ./captcha up told where it runs: start one, or name its directory with DATA_DIR"
                        + " if it has another than ./data. Without one, the environment has to say it all.");
            }
            throw e;
        }
    }

    KafkaClients kafka() {
        return KafkaClients.of(settings);
    }

    /// The names of these topics, and of the twins that the configured routes have of them.
    List<String> withRoutes(List<Topic<?>> topics) {
        return TopicAdmin.withRoutes(topics, settings).stream().map(Topic::name).toList();
    }
}
