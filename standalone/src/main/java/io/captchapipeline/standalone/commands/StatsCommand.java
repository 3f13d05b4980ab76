package io.captchapipeline.standalone.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.captchapipeline.kit.ExitCode;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How deliveries fare, and what is alarming now.
@Command(name = "stats", description = "Shows delivery statistics and active alerts.", mixinStandardHelpOptions = true)
public final class StatsCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> HEAD = List.of("", "DELIVERED", "MISSED", "PENDING", "RATE");
    private static final String NOTHING = "-";

    @Option(names = "--json", description = "One JSON object: delivery and alerts as their APIs answer.")
    private boolean json;

    @Override
    public Integer call() {
        var settings = Surroundings.of(Catalogue.COMMANDS).settings();
        try (var api = new Api(settings, Catalogue.ALERTING_URL)) {
            var delivery = api.get("/delivery", PATIENCE).body();
            var alerts = api.get("/alerts", PATIENCE).body();
            System.out.print(
                    json ? together(delivery, alerts) : text(delivery) + text(alerts.path("firing"), "firing"));
            return ExitCode.OK;
        }
    }

    private static String together(JsonNode delivery, JsonNode alerts) {
        var all = JsonNodeFactory.instance.objectNode();
        all.set("delivery", delivery);
        all.set("alerts", alerts);
        return all + "\n";
    }

    private static String text(JsonNode delivery) {
        var rows = new ArrayList<List<String>>();
        rows.add(row("last " + window(delivery), delivery));
        if (delivery.has("since_start")) {
            rows.add(row("since start", delivery.path("since_start")));
        }
        delivery.path("by_route")
                .properties()
                .forEach(route -> rows.add(row("route " + route.getKey(), route.getValue())));
        delivery.path("by_method").properties().forEach(method -> rows.add(row(method.getKey(), method.getValue())));
        return Table.of(HEAD, rows)
                + "\ncallbacks/min " + said(delivery, "callbacks_per_minute")
                + ", p95 " + rounded(delivery, "callback_p95_ms") + " ms, error rate " + percent(delivery, "error_rate")
                + ", rescued by polling " + said(delivery, "rescued_by_poll") + "\n"
                + missed(delivery.path("missed_task_ids"));
    }

    private static String text(JsonNode alerts, String state) {
        if (alerts.isEmpty()) {
            return "\nNo alert is " + state + ".\n";
        }
        var lines = new StringBuilder("\n");
        alerts.forEach(alert -> lines.append(Printed.coloured(state))
                .append("  ")
                .append(alert.path("severity").asText())
                .append(' ')
                .append(alert.path("alert").asText())
                .append(" since ")
                .append(alert.path("since").asText())
                .append(": ")
                .append(alert.path("summary").asText())
                .append('\n'));
        return lines.toString();
    }

    private static List<String> row(String name, JsonNode figures) {
        return List.of(
                name,
                said(figures, "delivered"),
                said(figures, "missed"),
                said(figures, "pending"),
                percent(figures, "delivery_rate"));
    }

    private static String window(JsonNode delivery) {
        var minutes = delivery.path("window_seconds").asLong() / 60;
        return minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
    }

    private static String missed(JsonNode ids) {
        var named = new ArrayList<String>();
        ids.forEach(id -> named.add(id.asText()));
        return named.isEmpty() ? "" : "missed lately: " + String.join(", ", named) + "\n";
    }

    private static String said(JsonNode figures, String name) {
        return figures.hasNonNull(name) ? figures.path(name).asText() : NOTHING;
    }

    private static String rounded(JsonNode figures, String name) {
        return figures.hasNonNull(name)
                ? Long.toString(Math.round(figures.path(name).asDouble()))
                : NOTHING;
    }

    private static String percent(JsonNode figures, String name) {
        return figures.hasNonNull(name)
                ? String.format(Locale.ROOT, "%.1f %%", figures.path(name).asDouble() * 100)
                : NOTHING;
    }
}
