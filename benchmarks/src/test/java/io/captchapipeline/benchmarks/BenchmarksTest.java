package io.captchapipeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchmarksTest {
    @Test
    void a_name_means_one_a_group_or_all() {
        assertThat(Benchmarks.named("outcomes")).containsExactly("outcomes");
        assertThat(Benchmarks.named("growth")).hasSizeGreaterThan(1).allMatch(name -> name.startsWith("growth-"));
        assertThat(Benchmarks.named("all")).contains("outcomes", "growth-codes");
        assertThat(Benchmarks.named("out")).isEmpty();
    }
}
