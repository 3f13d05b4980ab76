package io.captchapipeline.alerting.judge;

import io.captchapipeline.alerting.figures.Form;
import io.captchapipeline.alerting.figures.Table;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// The heartbeats of all ingresses, put together: what each counted since its beat before, kept for the window.
/// Histograms are added up; a percentile is taken of the sum only.
final class Fleet {
    private static final String LAST = "h/";
    private static final String DELTA = "b/";
    private static final int LATENCIES = 1000;
    private static final int AT_ONCE = 500;
    private static final Duration RECENT = Duration.ofMinutes(5);
    private static final Duration SILENT = Duration.ofSeconds(30);
    /// Two heartbeats: within them every ingress has told of itself.
    private static final Duration EVERYBODY = Duration.ofSeconds(10);
    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final double MICROS_PER_MILLI = 1000;

    private final Table table;
    private final Duration window;
    private final int errorWindow;

    /// What one ingress counted between two of its beats.
    record Delta(long received, long errors, @Nullable String latencies) {}

    Fleet(Table table, Duration window, int errorWindow) {
        this.table = table;
        this.window = window;
        this.errorWindow = errorWindow;
    }

    void take(Figure.Beat beat) {
        var before = Form.find(table, LAST + beat.instance(), Figure.Beat.class);
        if (before != null && beat.at().isBefore(before.at())) {
            return;
        }
        var delta = delta(before, beat);
        if (delta.received() > 0) {
            table.put(DELTA + Form.hex(beat.at()) + "/" + beat.instance(), Form.write(delta));
        }
        table.put(LAST + beat.instance(), Form.write(beat));
    }

    /// Drops what is too old to count.
    void forget(Instant now) {
        var old = table.first(DELTA, DELTA + Form.hex(now.minus(window)), Integer.MAX_VALUE);
        old.forEach(entry -> table.delete(entry.key()));
        for (var entry : table.first(LAST, LAST + "~", Integer.MAX_VALUE)) {
            if (Form.read(entry.value(), Figure.Beat.class).at().isBefore(now.minus(FORGOTTEN))) {
                table.delete(entry.key());
            }
        }
    }

    FleetView view(Instant now) {
        var sum = newest();
        int instances = 0;
        int missing = 0;
        Instant last = null;
        for (var entry : table.first(LAST, LAST + "~", Integer.MAX_VALUE)) {
            var beat = Form.read(entry.value(), Figure.Beat.class);
            instances++;
            missing += beat.at().isBefore(now.minus(SILENT)) ? 1 : 0;
            last = later(last, beat.lastCallback());
        }
        return new FleetView(
                sum.latencies.getTotalCount() == 0 ? null : sum.latencies.getValueAtPercentile(95) / MICROS_PER_MILLI,
                sum.latencies.getTotalCount(),
                sum.judged == 0 ? null : (double) sum.errors / sum.judged,
                sum.judged,
                perMinute(now),
                instances,
                missing,
                last);
    }

    /// The newest callbacks: enough for the latencies and for the errors, and some of every ingress: one beat that is
    /// enough by itself must not speak for the others.
    private Sum newest() {
        var sum = new Sum();
        var to = DELTA + "~";
        while (true) {
            var entries = table.last(DELTA, to, AT_ONCE);
            for (var entry : entries) {
                var name = entry.key().substring(DELTA.length());
                var instance = name.substring(name.indexOf('/') + 1);
                if (!sum.add(instance, Form.time(name), Form.read(entry.value(), Delta.class), errorWindow)) {
                    return sum;
                }
                to = entry.key();
            }
            if (entries.size() < AT_ONCE) {
                return sum;
            }
        }
    }

    private double perMinute(Instant now) {
        var from = DELTA + Form.hex(now.minus(RECENT));
        return table.first(from, DELTA + "~", Integer.MAX_VALUE).stream()
                        .mapToLong(
                                entry -> Form.read(entry.value(), Delta.class).received())
                        .sum()
                / (double) RECENT.toMinutes();
    }

    private static Delta delta(Figure.@Nullable Beat before, Figure.Beat beat) {
        if (before == null && beat.startedAt().isBefore(beat.at().minus(SILENT))) {
            return new Delta(0, 0, null);
        }
        boolean goesOn =
                before != null && before.startedAt().equals(beat.startedAt()) && before.received() <= beat.received();
        if (before == null || !goesOn) {
            return new Delta(beat.received(), beat.errors(), beat.latencies());
        }
        long received = beat.received() - before.received();
        return received == 0
                ? new Delta(0, 0, null)
                : new Delta(
                        received,
                        Math.max(0, beat.errors() - before.errors()),
                        Histograms.minus(beat.latencies(), before.latencies()));
    }

    private static @Nullable Instant later(@Nullable Instant left, @Nullable Instant right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.isAfter(right) ? left : right;
    }

    /// Adds up beats, the newest first.
    private static final class Sum {
        private final Histogram latencies = new Histogram(2);
        private final Set<String> heard = new HashSet<>();
        private long judged;
        private long errors;
        private @Nullable Instant newest;

        /// Whether more is wanted.
        boolean add(String instance, Instant at, Delta delta, int errorWindow) {
            newest = newest == null ? at : newest;
            boolean everybodySpoke = at.isBefore(newest.minus(EVERYBODY));
            boolean speaksFirst = heard.add(instance) && !everybodySpoke;
            if (speaksFirst || judged < errorWindow) {
                judged += delta.received();
                errors += delta.errors();
            }
            if (speaksFirst || latencies.getTotalCount() < LATENCIES) {
                Histograms.addTo(latencies, delta.latencies());
            }
            return !everybodySpoke || judged < errorWindow || latencies.getTotalCount() < LATENCIES;
        }
    }

    /// Compressed HdrHistograms in base64, as heartbeats carry them. One that cannot be read counts as empty.
    private static final class Histograms {
        static @Nullable String minus(String now, String before) {
            var left = decoded(now);
            var right = decoded(before);
            if (left == null || right == null) {
                return null;
            }
            try {
                left.subtract(right);
                return encoded(left);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                return null;
            }
        }

        static void addTo(Histogram sum, @Nullable String text) {
            var histogram = text == null ? null : decoded(text);
            if (histogram != null) {
                sum.add(histogram);
            }
        }

        private static @Nullable Histogram decoded(String text) {
            try {
                var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
                return Histogram.decodeFromCompressedByteBuffer(bytes, 0);
            } catch (DataFormatException | RuntimeException e) {
                return null;
            }
        }

        private static String encoded(Histogram histogram) {
            var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
            int length = histogram.encodeIntoCompressedByteBuffer(buffer);
            return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
        }
    }
}
