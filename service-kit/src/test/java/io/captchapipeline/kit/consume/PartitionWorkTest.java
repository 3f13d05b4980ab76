package io.captchapipeline.kit.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PartitionWorkTest {

    private final PartitionWork work = new PartitionWork(new ConsumeLimits(8, 4, 1000));

    @Test
    void records_of_a_key_come_one_after_the_other() {
        var first = item(0, "a");
        var second = item(1, "a");

        assertThat(work.add(first)).isTrue();
        assertThat(work.add(second)).isFalse();
        assertThat(work.add(item(2, "b"))).isTrue();
        assertThat(work.done(first)).isEqualTo(second);
        assertThat(work.done(second)).isNull();
        assertThat(work.add(item(3, "a"))).isTrue();
    }

    @Test
    void records_without_a_key_come_one_after_the_other_too() {
        var first = item(0, null);
        var second = item(1, null);

        assertThat(work.add(first)).isTrue();
        assertThat(work.add(second)).isFalse();
        assertThat(work.done(first)).isEqualTo(second);
    }

    @Test
    void it_is_full_at_its_limit_and_has_room_again_at_half_of_it() {
        for (int i = 0; i < 4; i++) {
            work.add(item(i, "k" + i));
        }
        assertThat(work.isFull()).isTrue();

        work.done(item(0, "k0"));
        assertThat(work.isFull()).isFalse();
        assertThat(work.hasRoom()).isFalse();
        work.done(item(1, "k1"));
        assertThat(work.hasRoom()).isTrue();
    }

    @Test
    void bytes_fill_it_as_records_do() {
        work.add(item(0, "k", 1000));

        assertThat(work.isFull()).isTrue();
        work.done(item(0, "k", 1000));
        assertThat(work.hasRoom()).isTrue();
    }

    @Test
    void done_behind_one_that_hangs_it_stops_reading_in_the_end() {
        work.add(item(0, "hangs"));
        for (int i = 1; i < 20_000; i++) {
            work.add(item(i, "k"));
            work.done(item(i, "k"));
        }

        assertThat(work.isFull()).isTrue();
        assertThat(work.hasRoom()).isFalse();
    }

    @Test
    void stopped_it_begins_nothing_and_pauses_end() throws InterruptedException {
        work.stop();

        assertThat(work.begin()).isFalse();
        work.pause(Duration.ofDays(1));
    }

    @Test
    void it_is_idle_once_what_runs_has_ended() throws InterruptedException {
        work.begin();

        assertThat(work.awaitIdle(System.nanoTime())).isFalse();
        Thread.startVirtualThread(work::end);
        assertThat(work.awaitIdle(System.nanoTime() + Duration.ofDays(1).toNanos()))
                .isTrue();
    }

    private static Item item(long offset, @Nullable String key) {
        return item(offset, key, 0);
    }

    private static Item item(long offset, @Nullable String key, int bytes) {
        var keyBytes = key == null ? null : key.getBytes(UTF_8);
        return new Item(new ConsumerRecord<>(
                "t",
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                bytes,
                keyBytes,
                new byte[bytes],
                new RecordHeaders(),
                Optional.empty()));
    }
}
