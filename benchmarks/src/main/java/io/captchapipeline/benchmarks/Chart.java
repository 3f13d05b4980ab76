package io.captchapipeline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/// All last runs as one picture: how far each row is from its target. To the right of the line it is met, to the left
/// and hatched it is missed; each step of the scale is a factor of two. Rows without a target are not in it.
final class Chart {
    private static final int WIDTH = 1080;
    private static final int TOP = 86;
    private static final int HEAD = 34;
    private static final int LINE = 36;
    static final int LEFT = 520;
    static final int MARGIN = 14;
    private static final int RIGHT = 900;
    private static final int TARGET = 710;
    private static final int FACTORS = 3;
    private static final int FACTOR = (TARGET - LEFT) / FACTORS;
    private static final int BAR = 14;

    private static final String STYLE = """
            <style>
            text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: #1f2328; }
            .title { font-size: 17px; font-weight: 600; }
            .name { font-size: 14px; font-weight: 600; }
            .small { font-size: 11px; fill: #59636e; }
            .word { font-weight: 600; }
            .met { fill: #1a7f64; }
            .missed { fill: url(#hatched); stroke: #c2410c; stroke-width: 1.2; }
            .hatch { stroke: #c2410c; }
            .grid { stroke: #d1d9e0; stroke-width: 1; }
            .target { stroke: #59636e; stroke-width: 1.6; }
            @media (prefers-color-scheme: dark) {
              text { fill: #f0f6fc; }
              .small { fill: #9198a1; }
              .met { fill: #3fb68e; }
              .missed { stroke: #fb8f44; }
              .hatch { stroke: #fb8f44; }
              .grid { stroke: #3d444d; }
              .target { stroke: #9198a1; }
            }
            </style>
            <defs><pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
            <line class="hatch" x1="0" y1="0" x2="0" y2="6" stroke-width="2.4"/></pattern></defs>
            """;

    private final StringBuilder drawn = new StringBuilder();
    private int y = TOP;
    private int met;
    private int rows;

    private Chart() {}

    /// @param runs as [Report] keeps them: by benchmark, each with its `rows`
    static String svg(JsonNode runs) {
        var chart = new Chart();
        runs.properties().forEach(run -> chart.run(run.getKey(), run.getValue().path("rows")));
        return chart.whole();
    }

    private void run(String name, JsonNode found) {
        var aimed = found.valueStream().filter(row -> row.has("target")).toList();
        if (aimed.isEmpty()) {
            return;
        }
        text(16, y + 22, "name", "start", name);
        y += HEAD;
        aimed.forEach(this::row);
    }

    private void row(JsonNode row) {
        boolean isMet = row.path("met").asBoolean();
        rows++;
        met += isMet ? 1 : 0;
        text(LEFT - MARGIN, y + 13, "", "end", row.path("what").asText().replace("`", ""));
        text(LEFT - MARGIN, y + 27, "small", "end", beside(row));
        bar(isMet, steps(row));
        text(RIGHT + 16, y + 13, "word", "start", isMet ? "\u2713 met" : "\u2717 missed");
        text(RIGHT + 16, y + 27, "small", "start", ratio(row));
        y += LINE;
    }

    private void bar(boolean isMet, double steps) {
        long length = Math.max(2, Math.round(Math.abs(steps) * FACTOR));
        add(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>",
                isMet ? "met" : "missed",
                isMet ? TARGET : TARGET - length,
                y + 5,
                length,
                BAR));
    }

    /// How many times a factor of two it is beyond its target, or short of it; as many as are drawn where there are to
    /// be none.
    private static double steps(JsonNode row) {
        if (!row.has("ratio") || row.path("target").asDouble() == 0) {
            return row.path("met").asBoolean() ? FACTORS : -FACTORS;
        }
        double ratio = row.path("ratio").asDouble();
        double target = row.path("target").asDouble();
        double steps = Math.log(isAtLeast(row) ? ratio / target : target / ratio) / Math.log(2);
        return Math.clamp(steps, -FACTORS, FACTORS);
    }

    private static boolean isAtLeast(JsonNode row) {
        return row.path("at_least").asBoolean();
    }

    static String beside(JsonNode row) {
        return String.format(
                Locale.ROOT,
                "%s beside %s, %s",
                figure(row, "figure"),
                figure(row, "bound_figure"),
                row.path("bound").asText().replace("`", ""));
    }

    private static String figure(JsonNode row, String field) {
        double figure = row.path(field).asDouble();
        var unit = row.path("unit").asText();
        var isWhole = unit.isEmpty() || figure >= 100;
        return String.format(Locale.ROOT, isWhole ? "%,.0f" : "%.2f", figure)
                + (unit.isEmpty() || unit.startsWith("/") ? unit : " " + unit);
    }

    private static String ratio(JsonNode row) {
        if (!row.has("ratio")) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "%.2f, asked %s %.2f",
                row.path("ratio").asDouble(),
                isAtLeast(row) ? "\u2265" : "\u2264",
                row.path("target").asDouble());
    }

    private String whole() {
        var rowsDrawn = drawn.toString();
        drawn.setLength(0);
        text(16, 30, "title", "start", met + " of " + rows + " targets met");
        text(16, 50, "small", "start", "the last run of each benchmark; each figure beside what the same run measured");
        for (int step = -FACTORS; step <= FACTORS; step++) {
            int x = TARGET + step * FACTOR;
            add(String.format(
                    Locale.ROOT,
                    "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
                    step == 0 ? "target" : "grid",
                    x,
                    TOP - 4,
                    x,
                    y + 4));
            text(x, TOP - 12, "small", "middle", scale(step));
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
                <title>%3$d of %4$d targets met</title>
                """.formatted(WIDTH, y + 16, met, rows) + STYLE + drawn + rowsDrawn + "</svg>\n";
    }

    private static String scale(int step) {
        if (step == 0) {
            return "target";
        }
        return (1 << Math.abs(step)) + "x " + (step < 0 ? "short" : "better");
    }

    private void text(int x, int at, String kind, String anchor, String text) {
        add(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>",
                kind,
                x,
                at,
                anchor,
                text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
    }

    private void add(String line) {
        drawn.append(line).append('\n');
    }
}
