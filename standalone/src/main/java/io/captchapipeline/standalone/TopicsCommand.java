package io.captchapipeline.standalone;

import io.captchapipeline.kit.ExitCode;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.logging.Logging;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Creates or checks every topic of the pipeline.
@Command(
        name = "topics",
        description = "Creates or checks every topic with its partitions, retention and replication.",
        footer = "%nFinds the broker of ./captcha up by DATA_DIR; KAFKA_BOOTSTRAP_SERVERS names another one."
                + "%nEnds with 1 when a service would refuse to start.",
        mixinStandardHelpOptions = true)
final class TopicsCommand implements Callable<Integer> {

    private static final String READER = "topics";

    enum Action {
        CREATE,
        DESCRIBE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "create|describe",
            description = "create what is missing, or describe what is there (default).",
            defaultValue = "describe")
    private Action action = Action.DESCRIBE;

    @Option(names = "--json", description = "One JSON object a line, as the topics are now.")
    private boolean json;

    @Override
    public Integer call() {
        Logging.toStandardError();
        var settings = Settings.read(DataHome.found(Environment.ofProcess()), List.of(READER));
        try (var admin = TopicAdmin.of(settings)) {
            var topics = new PipelineTopics(admin, TopicAdmin.wanted(settings));
            if (action == Action.CREATE) {
                var created = topics.create();
                if (!json) {
                    report(created);
                }
            }
            return describe(topics, settings);
        }
    }

    private static void report(List<String> created) {
        created.forEach(name -> System.out.println("created " + name));
        System.out.println(created.isEmpty() ? "All topics were there already." : created.size() + " topics created.");
        System.out.println();
    }

    private int describe(PipelineTopics topics, Settings settings) {
        var table = new TopicTable(
                topics.describe(), settings.get(Catalogue.TOPIC_PARTITIONS), settings.get(Catalogue.TOPIC_REPLICATION));
        System.out.print(json ? table.json() : table.text());
        return table.fits() ? ExitCode.OK : ExitCode.FAILURE;
    }
}
