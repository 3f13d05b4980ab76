package io.captchapipeline.kit.streams;

import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Settings;
import java.nio.file.Path;

/// Where Streams keeps its state on this machine, and how many copies of it Kafka keeps.
public record StreamsHome(Path directory, int replication) {

    public static StreamsHome of(Settings settings) {
        return new StreamsHome(
                settings.get(Catalogue.DATA_DIR).resolve("streams"), settings.get(Catalogue.TOPIC_REPLICATION));
    }
}
