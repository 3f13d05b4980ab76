package io.captchapipeline.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
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

/// The last run as a table for people and as JSON for programs.
final class Report {
    private static final Path PAGE = Path.of("docs/benchmarks.md");
    private static final Path JSON = Path.of("docs/benchmarks.json");
    private static final String BEGIN = "<!-- generated: last run -->\n";
    private static final String END = "<!-- /generated: last run -->";

    private Report() {}

    static String table(List<Row> rows) {
        return rows.stream()
                .map(row -> String.format(
                        Locale.ROOT,
                        "| %s | %,.2f %s | %s: %,.2f %s | %.2f | %s %.2f | %s |",
                        row.what(),
                        row.figure(),
                        row.unit(),
                        row.bound(),
                        row.boundFigure(),
                        row.unit(),
                        row.ratio(),
                        row.atLeast() ? "at least" : "at most",
                        row.target(),
                        row.isMet() ? "met" : "**missed**"))
                .collect(Collectors.joining(
                        "\n",
                        "| what | figure | beside, in the same run | ratio | target | |\n| --- | --- | --- | --- | --- | --- |\n",
                        "\n"));
    }

    static void write(List<Row> rows, String command) throws IOException, InterruptedException {
        var run = about(command);
        var text = BEGIN + "\n" + table(rows) + "\n"
                + run.entrySet().stream()
                        .map(entry -> entry.getKey() + ": `" + entry.getValue() + "`")
                        .collect(Collectors.joining(" · "))
                + "\n\n" + END;
        var page = Files.readString(PAGE);
        Files.writeString(
                PAGE, page.substring(0, page.indexOf(BEGIN)) + text + page.substring(page.indexOf(END) + END.length()));
        var json = new LinkedHashMap<String, Object>(run);
        json.put("rows", rows.stream().map(Report::fields).toList());
        Files.writeString(
                JSON, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    private static Map<String, Object> fields(Row row) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("what", row.what());
        fields.put("unit", row.unit());
        fields.put("figure", row.figure());
        fields.put("bound", row.bound());
        fields.put("bound_figure", row.boundFigure());
        fields.put("ratio", row.ratio());
        fields.put("target", row.target());
        fields.put("met", row.isMet());
        return fields;
    }

    private static Map<String, String> about(String command) throws IOException, InterruptedException {
        var about = new LinkedHashMap<String, String>();
        about.put("command", command);
        about.put("commit", git("rev-parse", "--short", "HEAD"));
        about.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        about.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + ", Java " + Runtime.version());
        return about;
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
