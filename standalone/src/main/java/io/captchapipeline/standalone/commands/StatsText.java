package io.captchapipeline.standalone.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.captchapipeline.kit.settings.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Delivery statistics and alerts, as people read them. What is not known is a `-`.
final class StatsText {
    private static final List<String> HEAD = List.of("", "DELIVERED", "MISSED", "PENDING", "RESCUED", "RATE");
    private static final String UNKNOWN = "-";

    private final JsonNode delivery;
    private final JsonNode firing;
    private final Instant now;

    /// @param delivery what `/delivery` answers
    /// @param alerts what `/alerts` answers
    StatsText(JsonNode delivery, JsonNode alerts, Instant now) {
        this.delivery = delivery;
        this.firing = alerts.path("firing");
        this.now = now;
    }

    @Override
    public String toString() {
        return Table.ofFigures(HEAD, rows()) + "\n" + callbacks() + missed() + "\n" + alarms();
    }

    private List<List<String>> rows() {
        var rows = new ArrayList<List<String>>();
        rows.add(row(
                "last "
                        + time(Duration.ofSeconds(
                                delivery.path("window_seconds").asLong())),
                delivery));
        rows.add(row("since start", delivery.path("since_start")));
        delivery.path("by_route")
                .properties()
                .forEach(part -> rows.add(row("route " + part.getKey(), part.getValue())));
        delivery.path("by_method")
                .properties()
                .forEach(part -> rows.add(row("method " + part.getKey(), part.getValue())));
        return rows;
    }

    private static List<String> row(String name, JsonNode figures) {
        return List.of(
                name,
                count(figures, "delivered"),
                count(figures, "missed"),
                count(figures, "pending"),
                count(figures, "rescued_by_poll"),
                percent(figures, "delivery_rate"));
    }

    private String callbacks() {
        return (delivery.hasNonNull("error_rate") ? pace() : "No callback in this time.\n")
                + (delivery.hasNonNull("uptime")
                        ? "The endpoint answered " + percent(delivery, "uptime") + " of the probes.\n"
                        : "");
    }

    private String pace() {
        return "Callbacks: " + number(delivery, "callbacks_per_minute") + " a minute, 95 % of them answered within "
                + number(delivery, "callback_p95_ms") + " ms, " + percent(delivery, "error_rate") + " failed.\n";
    }

    private String missed() {
        var ids = new ArrayList<String>();
        delivery.path("missed_task_ids").forEach(id -> ids.add(id.asText()));
        return ids.isEmpty() ? "" : "Missed last: " + String.join(", ", ids) + "\n";
    }

    private String alarms() {
        if (firing.isEmpty()) {
            return "No alert fires.\n";
        }
        var lines = new StringBuilder();
        for (var alert : firing) {
            var since = Duration.between(Instant.parse(alert.path("since").asText()), now);
            lines.append(Printed.coloured("firing"))
                    .append(String.format(
                            Locale.ROOT,
                            "  %-8s  %s for %s: %s%n",
                            alert.path("severity").asText(),
                            alert.path("alert").asText(),
                            time(since.isNegative() ? Duration.ZERO : since),
                            alert.path("summary").asText()));
        }
        return lines.toString();
    }

    /// The largest unit that it fills, and the next.
    private static String time(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d" + rest(time.toHoursPart(), " h");
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h" + rest(time.toMinutesPart(), " min");
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min" + rest(time.toSecondsPart(), " s")
                : time.toSeconds() + " s";
    }

    private static String rest(int part, String unit) {
        return part == 0 ? "" : " " + part + unit;
    }

    private static String count(JsonNode figures, String name) {
        return figures.hasNonNull(name) ? figures.path(name).asText() : UNKNOWN;
    }

    private static String number(JsonNode figures, String name) {
        return figures.hasNonNull(name)
                ? String.format(Locale.ROOT, "%.1f", figures.path(name).asDouble())
                : UNKNOWN;
    }

    private static String percent(JsonNode figures, String name) {
        return figures.hasNonNull(name)
                ? String.format(Locale.ROOT, "%.1f %%", figures.path(name).asDouble() * 100)
                : UNKNOWN;
    }
}
