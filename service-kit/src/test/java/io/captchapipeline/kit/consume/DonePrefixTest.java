package io.captchapipeline.kit.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DonePrefixTest {

    private final DonePrefix prefix = new DonePrefix();

    @Test
    void nothing_done_is_nothing_to_commit() {
        read(5, 6);
        prefix.done(6);

        assertThat(prefix.next()).isEmpty();
    }

    @Test
    void what_is_done_counts_only_up_to_what_is_not() {
        read(5, 6, 7, 8);
        done(7, 5);

        assertThat(prefix.next()).hasValue(6);
        assertThat(prefix.span()).isEqualTo(3);
    }

    @Test
    void what_was_done_ahead_counts_once_the_gap_is_closed() {
        read(5, 6, 7, 8);
        done(7, 6, 5);

        assertThat(prefix.next()).hasValue(8);
        assertThat(prefix.span()).isEqualTo(1);
    }

    @Test
    void offsets_that_no_record_has_are_no_gap() {
        read(5, 9, 30);
        done(5, 30, 9);

        assertThat(prefix.next()).hasValue(31);
        assertThat(prefix.span()).isZero();
    }

    private void read(long... offsets) {
        LongStream.of(offsets).forEach(prefix::read);
    }

    private void done(long... offsets) {
        LongStream.of(offsets).forEach(prefix::done);
    }
}
