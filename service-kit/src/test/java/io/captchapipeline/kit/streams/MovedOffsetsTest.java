package io.captchapipeline.kit.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MovedOffsetsTest {

    private static final TopicPartition ONE = new TopicPartition("topic", 1);
    private static final TopicPartition TWO = new TopicPartition("topic", 2);
    private static final MovedOffsets.Member MEMBER = new MovedOffsets.Member("us", 7);

    private final MovedOffsets offsets = new MovedOffsets();

    @Test
    void what_was_committed_and_did_not_move_is_not_sent_again() {
        assertThat(offsets.moved(at(10, 20), MEMBER)).isEqualTo(at(10, 20));
        offsets.committed();

        assertThat(offsets.moved(at(10, 21), MEMBER)).containsOnlyKeys(TWO);
        offsets.committed();

        assertThat(offsets.moved(at(11, 21), MEMBER)).containsOnlyKeys(ONE);
    }

    @Test
    void an_offset_that_only_learned_a_later_time_of_its_partition_has_moved() {
        offsets.moved(Map.of(ONE, new OffsetAndMetadata(10, "earlier")), MEMBER);
        offsets.committed();

        assertThat(offsets.moved(Map.of(ONE, new OffsetAndMetadata(10, "later")), MEMBER))
                .containsOnlyKeys(ONE);
    }

    @Test
    void all_are_sent_where_none_has_moved_so_that_the_broker_sees_who_sends_them() {
        offsets.moved(at(10, 20), MEMBER);
        offsets.committed();

        assertThat(offsets.moved(at(10, 20), MEMBER)).isEqualTo(at(10, 20));
    }

    @Test
    void what_was_sent_and_not_committed_is_sent_again() {
        offsets.moved(at(10, 20), MEMBER);

        assertThat(offsets.moved(at(10, 21), MEMBER)).isEqualTo(at(10, 21));
    }

    @Test
    void nothing_is_known_any_more_after_a_transaction_that_was_aborted() {
        offsets.moved(at(10, 20), MEMBER);
        offsets.committed();

        offsets.forget();

        assertThat(offsets.moved(at(10, 21), MEMBER)).isEqualTo(at(10, 21));
    }

    @Test
    void another_generation_or_another_name_in_the_group_begins_anew() {
        offsets.moved(at(10, 20), MEMBER);
        offsets.committed();

        assertThat(offsets.moved(at(10, 21), new MovedOffsets.Member("us", 8))).isEqualTo(at(10, 21));
        offsets.committed();

        assertThat(offsets.moved(at(10, 22), new MovedOffsets.Member("them", 8)))
                .isEqualTo(at(10, 22));
    }

    private static Map<TopicPartition, OffsetAndMetadata> at(long one, long two) {
        return Map.of(ONE, new OffsetAndMetadata(one), TWO, new OffsetAndMetadata(two));
    }
}
