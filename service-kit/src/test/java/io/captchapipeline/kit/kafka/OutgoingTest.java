package io.captchapipeline.kit.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.wire.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class OutgoingTest {

    private static final byte[] KEY = "k-1".getBytes(UTF_8);
    private static final DeadLetter LETTER =
            new DeadLetter("captcha-results", 3, 17, "result-router", "not JSON", Instant.EPOCH);

    @Test
    void a_record_that_fits_lies_among_the_dead_as_it_was_found() {
        var letter = Outgoing.deadLetter(KEY, "{".getBytes(UTF_8), own(), LETTER);

        assertThat(letter.topic()).isEqualTo("captcha-dead-letters");
        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(letter.value()).isEqualTo("{".getBytes(UTF_8));
        assertThat(headers(letter)).containsEntry("mine", "kept").containsAllEntriesOf(LETTER.headers());
        assertThat(headers(letter)).doesNotContainKey(DeadLetter.LEFT_BYTES);
    }

    @Test
    void one_that_its_story_makes_too_large_leaves_its_bytes_where_they_lie() {
        var value = new byte[RecordSize.MOST - 200];

        var letter = Outgoing.deadLetter(KEY, value, own(), LETTER);

        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(letter.value()).isNull();
        assertThat(headers(letter))
                .containsEntry("mine", "kept")
                .containsAllEntriesOf(LETTER.headers())
                .containsEntry(DeadLetter.LEFT_BYTES, Integer.toString(RecordSize.of(KEY, value, own())));
    }

    @Test
    void one_with_such_a_key_or_such_headers_leaves_these_too() {
        var huge = new byte[RecordSize.MOST];

        var ofKey = Outgoing.deadLetter(huge, null, own(), LETTER);
        var ofHeaders = Outgoing.deadLetter(KEY, null, new RecordHeaders().add("mine", huge), LETTER);

        for (var letter : List.of(ofKey, ofHeaders)) {
            assertThat(letter.key()).isNull();
            assertThat(letter.value()).isNull();
            assertThat(headers(letter)).containsAllEntriesOf(LETTER.headers()).hasSize(7);
        }
    }

    @Test
    void the_story_of_an_earlier_death_is_not_told_again() {
        var before = Outgoing.deadLetter(KEY, new byte[RecordSize.MOST], own(), LETTER);
        var again = new DeadLetter("captcha-submit", 0, 1, "solver-submitter", "no", Instant.EPOCH);

        var letter = Outgoing.deadLetter(KEY, before.value(), before.headers(), again);

        assertThat(headers(letter)).hasSize(7).containsAllEntriesOf(again.headers());
    }

    private static Headers own() {
        return new RecordHeaders().add("mine", "kept".getBytes(UTF_8));
    }

    /// Each name once.
    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        var names = new ArrayList<String>();
        record.headers().forEach(header -> names.add(header.key()));
        assertThat(names).doesNotHaveDuplicates();
        return names.stream()
                .collect(Collectors.toMap(
                        name -> name,
                        name -> new String(record.headers().lastHeader(name).value(), UTF_8)));
    }
}
