package io.captchapipeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ChartTest {
    private static final String RUNS = """
            {"one": {"rows": [
               {"what": "a `rate`", "unit": "/s", "figure": 80, "bound": "a <ceiling>", "bound_figure": 100,
                "ratio": 0.8, "target": 0.4, "met": true}]},
             "two": {"rows": [
               {"what": "a time", "unit": "ms", "figure": 40, "bound": "a floor & more", "bound_figure": 10,
                "ratio": 4.0, "target": 2.0, "met": false}]},
             "three": {"rows": []}}""";

    @Test
    void a_row_is_as_far_from_the_line_as_from_its_target() throws Exception {
        var svg = Chart.svg(JsonMapper.builder().build().readTree(RUNS));

        assertThat(svg)
                .contains("1 of 2 targets met")
                .contains("<rect class=\"met\" x=\"550\"")
                .contains("<rect class=\"missed\" x=\"487\"")
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
                    "ratio": 0.0, "target": 0.0, "met": true}]}}""");

        assertThat(Chart.svg(runs)).contains("<rect class=\"met\"").doesNotContain("NaN");
    }
}
