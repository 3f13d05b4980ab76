package io.captchapipeline.alerting.tell;

import static java.util.Locale.ROOT;

import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.AlertState;
import io.captchapipeline.schemas.event.FailureDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes letters about events. The same event makes the same letter, whoever writes it.
public record Letters(Runbooks runbooks) {
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    /// @param instance for an alert that each instance tells by itself
    public Letter about(Alert alert, List<String> to, Optional<String> instance) {
        var begin = id(alert, AlertState.FIRING, alert.since().toEpochMilli(), instance);
        var own = id(alert, alert.state(), alert.at().toEpochMilli(), instance);
        return new Letter(
                own,
                own.equals(begin) ? Optional.empty() : Optional.of(begin),
                to,
                subject(alert),
                text(alert, instance),
                html(subject(alert), alert.summary(), facts(alert, instance)));
    }

    public Letter about(FailureDigest digest, List<String> to) {
        var subject = "[captcha] " + digest.failed() + (digest.failed() == 1 ? " failed request" : " failed requests");
        var head = "Requests that failed from " + digest.from() + " to " + digest.to() + ": " + digest.failed();
        var rows = new ArrayList<String>();
        for (var line : digest.lines()) {
            rows.add((line.route() == null ? "(no route)" : line.route().value()) + "  " + line.error() + "  "
                    + line.count() + ids(line));
        }
        return new Letter(
                "captcha-digest-" + digest.to().toEpochMilli(),
                Optional.empty(),
                to,
                subject,
                head + "\n\n" + String.join("\n", rows) + "\n",
                "<h3>" + escaped(head) + "</h3><ul>"
                        + rows.stream()
                                .map(row -> "<li>" + escaped(row) + "</li>")
                                .collect(Collectors.joining())
                        + "</ul>");
    }

    private static String ids(FailureDigest.Line line) {
        return line.requestIds().isEmpty()
                ? ""
                : "  such as "
                        + line.requestIds().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String subject(Alert alert) {
        return switch (alert.state()) {
            case FIRING ->
                "[captcha] FIRING " + alert.severity().wire() + " "
                        + alert.alert().wire();
            case RESOLVED -> "[captcha] RESOLVED " + alert.alert().wire();
        };
    }

    private String text(Alert alert, Optional<String> instance) {
        return alert.summary() + "\n\n"
                + facts(alert, instance).entrySet().stream()
                        .map(fact -> fact.getKey() + ": " + fact.getValue())
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private Map<String, String> facts(Alert alert, Optional<String> instance) {
        var facts = new LinkedHashMap<String, String>();
        if (alert.value() != null) {
            facts.put("Value", number(alert.value()));
        }
        if (alert.threshold() != null) {
            facts.put("Threshold", number(alert.threshold()));
        }
        facts.put("Since", alert.since().toString());
        facts.put("At", alert.at().toString());
        facts.putAll(alert.labels());
        instance.ifPresent(name -> facts.put("Instance", name));
        facts.put("What to do", runbooks.of(alert.alert()));
        return facts;
    }

    private static String html(String subject, String summary, Map<String, String> facts) {
        return "<h3>" + escaped(subject) + "</h3><p>" + escaped(summary) + "</p><table>"
                + facts.entrySet().stream()
                        .map(fact -> "<tr><th align=\"left\">" + escaped(fact.getKey()) + "</th><td>"
                                + linked(escaped(fact.getValue())) + "</td></tr>")
                        .collect(Collectors.joining())
                + "</table>";
    }

    private static String id(Alert alert, AlertState state, long at, Optional<String> instance) {
        var where = instance.map(name -> "-" + name.replaceAll("[^A-Za-z0-9.-]", "-"))
                .orElse("");
        return "captcha-" + alert.alert().wire() + "-" + alert.since().toEpochMilli() + "-" + state.wire() + "-" + at
                + where;
    }

    private static String number(double value) {
        return String.format(ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
    }

    private static String linked(String escaped) {
        return LINK.matcher(escaped).matches() ? "<a href=\"" + escaped + "\">" + escaped + "</a>" : escaped;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
