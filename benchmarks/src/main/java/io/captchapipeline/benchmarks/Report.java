package io.captchapipeline.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The last run of each benchmark, as tables for people and as JSON for programs.
final class Report {
    private static final Path PAGE = Path.of("docs/benchmarks.md");
    private static final Path JSON = Path.of("docs/benchmarks.json");
    private static final Path CHART = Path.of("docs/benchmarks.svg");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Report() {}

    static String table(List<Row> rows) {
        return rows.stream()
                .map(row -> String.format(
                        Locale.ROOT,
                        "| %s | %s | %s: %s | %s | %s |",
                        row.what(),
                        amount(row.figure(), row.unit()),
                        row.bound(),
                        amount(row.boundFigure(), row.unit()),
                        Double.isFinite(row.ratio()) ? String.format(Locale.ROOT, "%.2f", row.ratio()) : "",
                        target(row)))
                .collect(Collectors.joining(
                        "\n",
                        "| what | figure | beside, in the same run | ratio | target | |\n| --- | --- | --- | --- | --- | --- |\n",
                        "\n"));
    }

    /// Without a unit it is a count.
    private static String amount(double figure, String unit) {
        return unit.isEmpty()
                ? String.format(Locale.ROOT, "%,.0f", figure)
                : String.format(Locale.ROOT, "%,.2f %s", figure, unit);
    }

    private static String target(Row row) {
        return row.target() == null
                ? "none |"
                : String.format(
                        Locale.ROOT,
                        "%s %.2f | %s",
                        row.atLeast() ? "at least" : "at most",
                        row.target(),
                        row.isMet() ? "met" : "**missed**");
    }

    static String text(Findings findings) {
        return table(findings.rows())
                + findings.tables().stream().map(table -> "\n" + table.text()).collect(Collectors.joining());
    }

    static void write(String benchmark, Findings findings, String command) throws IOException, InterruptedException {
        var run = about(command);
        var text = text(findings) + "\n"
                + run.entrySet().stream()
                        .map(entry -> entry.getKey() + ": `" + entry.getValue() + "`")
                        .collect(Collectors.joining(" · "));
        Files.writeString(PAGE, withRun(Files.readString(PAGE), benchmark, text));
        var json = (ObjectNode) MAPPER.readTree(Files.readString(JSON));
        var fields = new LinkedHashMap<String, Object>(run);
        fields.put("rows", findings.rows().stream().map(Report::fields).toList());
        fields.put("tables", findings.tables().stream().map(Report::fields).toList());
        json.set(benchmark, MAPPER.valueToTree(fields));
        Files.writeString(JSON, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        Files.writeString(CHART, Chart.svg(json));
    }

    /// The page with what stands between the benchmark's marks replaced.
    static String withRun(String page, String benchmark, String text) {
        var begin = "<!-- generated: last run of " + benchmark + " -->\n";
        var end = "<!-- /generated: last run of " + benchmark + " -->";
        return page.substring(0, page.indexOf(begin)) + begin + "\n" + text + "\n\n"
                + page.substring(page.indexOf(end));
    }

    private static Map<String, Object> fields(Row row) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("what", row.what());
        fields.put("unit", row.unit());
        fields.put("figure", row.figure());
        fields.put("bound", row.bound());
        fields.put("bound_figure", row.boundFigure());
        if (Double.isFinite(row.ratio())) {
            fields.put("ratio", row.ratio());
        }
        if (row.target() != null) {
            fields.put("target", row.target());
            fields.put("at_least", row.atLeast());
            fields.put("met", row.isMet());
        }
        return fields;
    }

    private static Map<String, Object> fields(Findings.Table table) {
        return Map.of(
                "what",
                table.what(),
                "spreads",
                table.spreads().stream().map(Report::fields).toList());
    }

    private static Map<String, Object> fields(Spread spread) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("what", spread.what());
        fields.put("count", spread.micros().getTotalCount());
        for (var percentile : List.of(50, 95, 99, 100)) {
            fields.put("p" + percentile + "_ms", spread.ms(percentile));
        }
        var cpu = spread.cpu();
        if (cpu != null) {
            fields.put("router_cpu", cpu.router());
            fields.put("broker_cpu", cpu.broker());
        }
        return fields;
    }

    private static Map<String, String> about(String command) throws IOException, InterruptedException {
        var about = new LinkedHashMap<String, String>();
        about.put("command", command);
        about.put("commit", git("rev-parse", "--short", "HEAD") + (isChanged() ? " and changes" : ""));
        about.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        about.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + ", Java " + Runtime.version());
        return about;
    }

    /// Since the commit, but for what the runs themselves write.
    private static boolean isChanged() throws IOException, InterruptedException {
        return !git("status", "--porcelain", "--", ":!docs").isEmpty();
    }

    private static String git(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).start();
        var answer = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return answer.strip();
    }
}
