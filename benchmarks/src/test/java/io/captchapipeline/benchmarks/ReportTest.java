package io.captchapipeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String PAGE = """
            before
            <!-- generated: last run of ingress -->

            old
            <!-- /generated: last run of ingress -->
            between
            <!-- generated: last run of outcomes -->
            <!-- /generated: last run of outcomes -->
            """;

    @Test
    void a_run_replaces_the_last_one_of_its_benchmark_alone() {
        var page = Report.withRun(PAGE, "ingress", "new");

        assertThat(page).contains("before", "new", "between").doesNotContain("old");
        assertThat(Report.withRun(page, "outcomes", "theirs")).contains("new", "theirs");
    }

    @Test
    void latencies_are_told_in_milliseconds_with_what_they_cost() {
        var micros = Spread.histogram();
        for (int ms = 1; ms <= 100; ms++) {
            micros.recordValue(ms * 1000L);
        }

        var text = Report.text(new Findings(List.of())
                .with("spread", List.of(new Spread("it", micros, new Spread.Cpu(0.255, 0.5)))));

        assertThat(text).contains("| it | 50.0 | 95.0 | 99.0 | 100.0 | 26 % | 50 % |");
    }

    @Test
    void a_figure_without_a_target_misses_none_and_says_so() {
        var row = Row.untargeted("it", "ns", 3, "the floor", 2);

        assertThat(row.isMet()).isTrue();
        assertThat(Report.table(List.of(row))).contains("| it | 3.00 ns | the floor: 2.00 ns | 1.50 | none | |");
    }

    @Test
    void a_bound_of_nothing_makes_no_ratio() {
        var row = Row.untargeted("it", "B", 3, "the floor", 0);

        assertThat(Report.table(List.of(row))).contains("| it | 3.00 B | the floor: 0.00 B |  | none | |");
    }

    @Test
    void one_where_there_are_to_be_none_is_a_miss() {
        assertThat(new Row("bad answers", "", 0, "answers", 5_000, 0.0, false).isMet())
                .isTrue();
        assertThat(new Row("bad answers", "", 1, "answers", 5_000, 0.0, false).isMet())
                .isFalse();
    }
}
