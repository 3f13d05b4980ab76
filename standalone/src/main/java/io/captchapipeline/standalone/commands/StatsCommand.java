package io.captchapipeline.standalone.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.captchapipeline.kit.ExitCode;
import io.captchapipeline.kit.settings.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How deliveries fare, and what is alarming now.
@Command(name = "stats", description = "Shows delivery statistics and active alerts.", mixinStandardHelpOptions = true)
public final class StatsCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Option(names = "--json", description = "One JSON object: delivery and alerts as their APIs answer.")
    private boolean json;

    @Override
    public Integer call() {
        var settings = Surroundings.of(Catalogue.COMMANDS).settings();
        try (var api = new Api(settings, Catalogue.ALERTING_URL)) {
            var delivery = api.page("/delivery", PATIENCE);
            var alerts = api.page("/alerts", PATIENCE);
            System.out.print(json ? together(delivery, alerts) + "\n" : new StatsText(delivery, alerts, Instant.now()));
            return ExitCode.OK;
        }
    }

    private static JsonNode together(JsonNode delivery, JsonNode alerts) {
        var all = JsonNodeFactory.instance.objectNode();
        all.set("delivery", delivery);
        all.set("alerts", alerts);
        return all;
    }
}
