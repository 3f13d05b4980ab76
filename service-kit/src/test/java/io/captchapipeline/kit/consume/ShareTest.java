package io.captchapipeline.kit.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShareTest {

    @Test
    void a_limit_is_split_by_partitions() {
        assertThat(new Share(2, 6).of(10.0)).isEqualTo(10.0 / 3);
        assertThat(new Share(2, 6).of(32)).isEqualTo(10);
        assertThat(new Share(6, 6).of(32)).isEqualTo(32);
    }

    @Test
    void who_owns_anything_may_do_something() {
        assertThat(new Share(1, 6).of(3)).isEqualTo(1);
        assertThat(new Share(0, 6).of(3)).isZero();
    }
}
