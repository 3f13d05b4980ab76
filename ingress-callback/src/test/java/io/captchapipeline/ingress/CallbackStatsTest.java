package io.captchapipeline.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.event.DeliverySnapshot;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CallbackStatsTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private final Silence silence = new Silence(Duration.ofMinutes(5));
    private final CallbackStats stats = new CallbackStats(START, silence);

    @Test
    void before_the_first_callback_all_is_well_and_nothing_is_known() {
        assertThat(stats.report(START))
                .isEqualTo(new CallbackReport(CallbackReport.Status.HEALTHY, 0, 0, 0, 0, 0, -1, Map.of()));
    }

    @Test
    void rates_and_percentiles_are_those_of_the_last_thousand_and_totals_of_all() {
        for (int i = 0; i < 500; i++) {
            stats.failed(Failure.NOT_CONFIRMED, Duration.ofSeconds(3), START);
        }
        for (int i = 1; i <= 1000; i++) {
            stats.stored(Duration.ofMillis(i), START.plusMillis(i));
        }
        var report = stats.report(START.plusSeconds(3));

        assertThat(report.totalReceived()).isEqualTo(1500);
        assertThat(report.totalErrors()).isEqualTo(500);
        assertThat(report.errorRate()).isZero();
        assertThat(report.avgLatencyMs()).isEqualTo(500.5);
        assertThat(report.p95LatencyMs()).isEqualTo(950);
        assertThat(report.secondsSinceLastCallback()).isEqualTo(2);
        assertThat(report.errorBreakdown()).containsExactly(Map.entry("not_confirmed", 500L));
    }

    @Test
    void half_failed_is_an_error_rate_of_one_half() {
        stats.stored(Duration.ofMillis(1), START);
        stats.failed(Failure.TOO_MANY_IN_FLIGHT, Duration.ofMillis(1), START);
        assertThat(stats.report(START).errorRate()).isEqualTo(0.5);
    }

    @Test
    void it_is_degraded_while_the_broker_does_not_confirm() {
        stats.brokerConfirms(false);
        assertThat(stats.report(START).status()).isEqualTo(CallbackReport.Status.DEGRADED);
        stats.brokerConfirms(true);
        assertThat(stats.report(START).status()).isEqualTo(CallbackReport.Status.HEALTHY);
    }

    @Test
    void it_is_stale_while_somebody_waits_longer_than_the_patience_and_no_callback_came_since() {
        var now = START.plusSeconds(301);
        assertThat(stats.report(now).status()).isEqualTo(CallbackReport.Status.HEALTHY);

        silence.heard(waitingSince(START, now));
        assertThat(stats.report(now.minusSeconds(1)).status()).isEqualTo(CallbackReport.Status.HEALTHY);
        assertThat(stats.report(now).status()).isEqualTo(CallbackReport.Status.STALE);

        stats.stored(Duration.ofMillis(1), now);
        assertThat(stats.report(now).status()).isEqualTo(CallbackReport.Status.HEALTHY);
    }

    @Test
    void an_old_word_of_alerting_makes_nothing_stale() {
        silence.heard(waitingSince(START, START));

        assertThat(stats.report(START.plusSeconds(301)).status()).isEqualTo(CallbackReport.Status.HEALTHY);
    }

    private static DeliverySnapshot waitingSince(Instant since, Instant at) {
        return new DeliverySnapshot(
                "all", at, 0, 0, 1, null, List.of(), 3600, 0, null, null, since, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null, null);
    }

    @Test
    void the_time_between_callbacks_is_known() {
        assertThat(stats.intervals()).isZero();
        for (int second = 0; second <= 10; second += 5) {
            stats.stored(Duration.ofMillis(1), START.plusSeconds(second));
        }
        assertThat(stats.intervals()).isEqualTo(2);
        assertThat(stats.secondsBetweenFirstAndLast()).isEqualTo(10);
    }

    @Test
    void refusals_are_counted_apart() {
        stats.refused(Refusal.FORGED_TICKET);
        stats.refused(Refusal.FORGED_TICKET);

        assertThat(stats.report(START).totalReceived()).isZero();
        assertThat(stats.heartbeat("i", START).refused()).containsExactly(Map.entry("forged_ticket", 2L));
    }

    @Test
    void a_heartbeat_carries_a_histogram_that_others_can_add_up() throws DataFormatException {
        stats.stored(Duration.ofMillis(10), START);
        stats.stored(Duration.ofHours(1), START);
        var heartbeat = stats.heartbeat("ingress-1", START.plusSeconds(1));
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(heartbeat.latencies()));
        var histogram = Histogram.decodeFromCompressedByteBuffer(bytes, 0);

        assertThat(heartbeat.stored()).isEqualTo(2);
        assertThat(heartbeat.lastCallbackAt()).isEqualTo(START);
        assertThat(histogram.getTotalCount()).isEqualTo(2);
        assertThat(histogram.getMinValue()).isBetween(9_900L, 10_100L);
    }
}
