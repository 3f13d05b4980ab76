package io.captchapipeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ChartTest {
    private static final Path DOCS = Path.of("..", "docs");

    /// What is left of the scale, at seven pixels a character of 13 px, and six of 11.
    private static final int LONGEST_LABEL = (Chart.LEFT - Chart.MARGIN) / 7;

    private static final int LONGEST_SMALL_LABEL = (Chart.LEFT - Chart.MARGIN) / 6;

    private static final String RUNS = """
            {"one": {"rows": [
               {"what": "a `rate`", "unit": "/s", "figure": 80, "bound": "a <ceiling>", "bound_figure": 100,
                "ratio": 0.8, "target": 0.4, "at_least": true, "met": true}]},
             "two": {"rows": [
               {"what": "a time", "unit": "ms", "figure": 40, "bound": "a floor & more", "bound_figure": 10,
                "ratio": 4.0, "target": 2.0, "at_least": false, "met": false}]},
             "three": {"rows": []}}""";

    @Test
    void a_row_is_as_far_from_the_line_as_from_its_target() throws Exception {
        var svg = Chart.svg(JsonMapper.builder().build().readTree(RUNS));

        assertThat(svg)
                .contains("1 of 2 targets met")
                .contains("<rect class=\"met\" x=\"710\"")
                .contains("<rect class=\"missed\" x=\"647\"")
                .contains("0.80, asked \u2265 0.40")
                .contains("4.00, asked \u2264 2.00")
                .doesNotContain("three");
        assertThat(svg).contains("\u2713 met").contains("\u2717 missed");
    }

    @Test
    void what_a_row_says_does_not_break_the_picture() throws Exception {
        var svg = Chart.svg(JsonMapper.builder().build().readTree(RUNS));

        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));

        assertThat(document.getDocumentElement().getTextContent()).contains("a <ceiling>", "a floor & more");
    }

    @Test
    void none_where_there_are_to_be_none_is_drawn_as_far_as_can_be() throws Exception {
        var runs = JsonMapper.builder().build().readTree("""
                {"one": {"rows": [
                   {"what": "lost", "unit": "", "figure": 0, "bound": "requests", "bound_figure": 100,
                    "ratio": 0.0, "target": 0.0, "at_least": false, "met": true}]}}""");

        assertThat(Chart.svg(runs))
                .contains("<rect class=\"met\"")
                .contains("0.00, asked \u2264 0.00")
                .doesNotContain("NaN");
    }

    @Test
    void the_kept_picture_is_that_of_the_kept_runs_and_has_room_for_what_they_say() throws Exception {
        var runs = JsonMapper.builder().build().readTree(Files.readString(DOCS.resolve("benchmarks.json")));
        var picture = DOCS.resolve("benchmarks.svg");
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(picture, Chart.svg(runs));
        }

        assertThat(Files.readString(picture))
                .as("docs/benchmarks.svg is stale; draw it with: mvn test -pl benchmarks -am -Dtest=ChartTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate.docs=true")
                .isEqualTo(Chart.svg(runs));
        assertThat(runs.findParents("target")).allSatisfy(row -> {
            assertThat(row.path("what").asText()).hasSizeLessThanOrEqualTo(LONGEST_LABEL);
            assertThat(Chart.beside(row)).hasSizeLessThanOrEqualTo(LONGEST_SMALL_LABEL);
            assertThat(row.has("at_least")).isTrue();
        });
    }
}
