package io.captchapipeline.alerting.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.captchapipeline.alerting.figures.MemoryTable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Offset<Double> NEARLY = within(2.0);

    private final Fleet fleet = new Fleet(new MemoryTable(), Duration.ofHours(1), 100);

    @Test
    void a_percentile_is_taken_of_the_sum_of_histograms_not_averaged() {
        fleet.take(beat("fast", 5, 950, 0, histogram(950, 10)));
        fleet.take(beat("slow", 5, 50, 0, histogram(50, 2_000)));
        assertThat(fleet.view(NOON.plusSeconds(10)).p95Ms()).isCloseTo(10, NEARLY);

        fleet.take(beat("slow", 10, 1_050, 0, histogram(1_050, 2_000)));

        assertThat(fleet.view(NOON.plusSeconds(11)).p95Ms()).isCloseTo(2_000, within(40.0));
    }

    @Test
    void one_beat_that_is_enough_by_itself_does_not_speak_for_the_others() {
        for (int beat = 1; beat <= 3; beat++) {
            int count = 1_500 * beat;
            fleet.take(beat("fails", 5 * beat, count, count, histogram(count, 3_000)));
            fleet.take(beat("well", 5 * beat + 1, count, 0, histogram(count, 10)));
        }
        var view = fleet.view(NOON.plusSeconds(17));

        assertThat(view.errorRate()).isEqualTo(0.5);
        assertThat(view.p95Ms()).isCloseTo(3_000, within(40.0));
    }

    @Test
    void an_ingress_that_fell_silent_speaks_only_where_there_are_too_few() {
        fleet.take(beat("gone", 5, 1_000, 1_000, histogram(1_000, 3_000)));
        fleet.take(beat("a", 16, 1_000, 0, histogram(1_000, 10)));

        assertThat(fleet.view(NOON.plusSeconds(17)).errorSamples()).isEqualTo(1_000);
        assertThat(fleet.view(NOON.plusSeconds(17)).errorRate()).isZero();
        assertThat(fleet.view(NOON.plusSeconds(17)).p95Ms()).isCloseTo(10, NEARLY);
    }

    @Test
    void each_beat_adds_what_came_since_the_one_before() {
        fleet.take(beat("a", 5, 100, 100, histogram(100, 1)));
        fleet.take(beat("a", 10, 200, 100, histogram(200, 1)));
        fleet.take(beat("a", 15, 200, 100, histogram(200, 1)));
        var view = fleet.view(NOON.plusSeconds(20));

        assertThat(view.errorSamples()).isEqualTo(100);
        assertThat(view.errorRate()).isZero();
        assertThat(view.perMinute()).isEqualTo(40);
    }

    @Test
    void an_instance_that_started_again_counts_from_zero() {
        fleet.take(beat("a", 5, 100, 0, histogram(100, 1)));
        fleet.take(new Figure.Beat("a", NOON.plusSeconds(8), NOON.plusSeconds(10), 10, 10, histogram(10, 1), null));

        assertThat(fleet.view(NOON.plusSeconds(20)).errorRate()).isCloseTo(10 / 110.0, within(1e-9));
    }

    @Test
    void what_an_instance_counted_before_it_was_first_seen_is_not_news() {
        fleet.take(new Figure.Beat("a", NOON.minusSeconds(9_000), NOON, 1_000, 1_000, histogram(1_000, 1), null));

        assertThat(fleet.view(NOON.plusSeconds(1)).errorRate()).isNull();
    }

    @Test
    void a_beat_that_comes_twice_counts_once() {
        fleet.take(beat("a", 5, 100, 50, histogram(100, 1)));
        fleet.take(beat("a", 5, 100, 50, histogram(100, 1)));

        assertThat(fleet.view(NOON.plusSeconds(20)).errorSamples()).isEqualTo(100);
    }

    @Test
    void a_silent_instance_is_missing_and_after_an_hour_forgotten() {
        fleet.take(beat("a", 5, 1, 0, histogram(1, 1)));
        assertThat(fleet.view(NOON.plusSeconds(20)).missing()).isZero();
        assertThat(fleet.view(NOON.plusSeconds(60)).missing()).isEqualTo(1);

        fleet.forget(NOON.plusSeconds(3_700));

        assertThat(fleet.view(NOON.plusSeconds(3_700))).isEqualTo(FleetView.NONE);
    }

    @Test
    void a_histogram_that_cannot_be_read_counts_as_none() {
        fleet.take(beat("a", 5, 10, 0, "no histogram"));

        assertThat(fleet.view(NOON.plusSeconds(6)).p95Ms()).isNull();
        assertThat(fleet.view(NOON.plusSeconds(6)).errorSamples()).isEqualTo(10);
    }

    private static Figure.Beat beat(String instance, int second, long received, long errors, String latencies) {
        var at = NOON.plusSeconds(second);
        return new Figure.Beat(instance, NOON, at, received, errors, latencies, at);
    }

    private static String histogram(int count, long millis) {
        var histogram = new Histogram(60_000_000, 2);
        histogram.recordValueWithCount(millis * 1000, count);
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }
}
