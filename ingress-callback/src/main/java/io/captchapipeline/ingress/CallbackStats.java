package io.captchapipeline.ingress;

import io.captchapipeline.schemas.event.CallbackHealth;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What this instance knows of its callbacks: counters since it started, and its last thousand callbacks.
final class CallbackStats {
    static final int WINDOW = 1000;

    private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1000;
    private static final int DIGITS = 2;

    private final Instant startedAt;
    private final Silence silence;
    private final Histogram latencies = new Histogram(LONGEST_MICROS, DIGITS);
    private final long[] lastMicros = new long[WINDOW];
    private final boolean[] lastFailed = new boolean[WINDOW];
    private final EnumMap<Failure, Long> failures = new EnumMap<>(Failure.class);
    private final EnumMap<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
    private long stored;
    private long failed;
    private boolean confirms = true;
    private @Nullable Instant firstCallbackAt;
    private @Nullable Instant lastCallbackAt;

    CallbackStats(Instant startedAt, Silence silence) {
        this.startedAt = startedAt;
        this.silence = silence;
    }

    synchronized void stored(Duration latency, Instant receivedAt) {
        answered(latency, receivedAt, false);
        stored++;
    }

    synchronized void failed(Failure failure, Duration latency, Instant receivedAt) {
        answered(latency, receivedAt, true);
        failed++;
        failures.merge(failure, 1L, Long::sum);
    }

    synchronized void refused(Refusal refusal) {
        refusals.merge(refusal, 1L, Long::sum);
    }

    /// Whether the broker confirmed the newest thing that it was handed.
    synchronized void brokerConfirms(boolean confirms) {
        this.confirms = confirms;
    }

    /// How many times one callback followed another.
    synchronized long intervals() {
        return Math.max(0, stored + failed - 1);
    }

    synchronized double secondsBetweenFirstAndLast() {
        return firstCallbackAt == null || lastCallbackAt == null
                ? 0
                : Duration.between(firstCallbackAt, lastCallbackAt).toNanos() / 1e9;
    }

    synchronized CallbackReport report(Instant now) {
        int size = (int) Math.min(stored + failed, WINDOW);
        var sorted = Arrays.copyOf(lastMicros, size);
        Arrays.sort(sorted);
        return new CallbackReport(
                status(now),
                stored + failed,
                failed,
                size == 0 ? 0 : (double) failedWithin(size) / size,
                size == 0 ? 0 : Arrays.stream(sorted).average().orElse(0) / 1000,
                size == 0 ? 0 : sorted[(int) Math.ceil(size * 0.95) - 1] / 1000.0,
                lastCallbackAt == null
                        ? -1
                        : Duration.between(lastCallbackAt, now).toMillis() / 1000.0,
                failuresByLabel());
    }

    synchronized CallbackHealth heartbeat(String instance, Instant now) {
        var refused = new LinkedHashMap<String, Long>();
        refusals.forEach((refusal, count) -> refused.put(refusal.label(), count));
        return new CallbackHealth(
                instance,
                startedAt,
                now,
                status(now).wire(),
                stored + failed,
                stored,
                failed,
                failuresByLabel(),
                refused,
                encoded(latencies),
                lastCallbackAt);
    }

    private CallbackReport.Status status(Instant now) {
        if (!confirms) {
            return CallbackReport.Status.DEGRADED;
        }
        return silence.isTooLong(now, lastCallbackAt) ? CallbackReport.Status.STALE : CallbackReport.Status.HEALTHY;
    }

    private void answered(Duration latency, Instant receivedAt, boolean isFailure) {
        long micros = Math.clamp(latency.toNanos() / 1000, 0, LONGEST_MICROS);
        int slot = (int) ((stored + failed) % WINDOW);
        lastMicros[slot] = micros;
        lastFailed[slot] = isFailure;
        latencies.recordValue(micros);
        if (firstCallbackAt == null) {
            firstCallbackAt = receivedAt;
        }
        if (lastCallbackAt == null || receivedAt.isAfter(lastCallbackAt)) {
            lastCallbackAt = receivedAt;
        }
    }

    private int failedWithin(int size) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += lastFailed[i] ? 1 : 0;
        }
        return count;
    }

    private Map<String, Long> failuresByLabel() {
        var byLabel = new LinkedHashMap<String, Long>();
        failures.forEach((failure, count) -> byLabel.put(failure.label(), count));
        return byLabel;
    }

    private static String encoded(Histogram histogram) {
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }
}
