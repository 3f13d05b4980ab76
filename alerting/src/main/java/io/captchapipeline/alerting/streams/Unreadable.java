package io.captchapipeline.alerting.streams;

import io.captchapipeline.alerting.figures.Form;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the records that are passed over. Where another part acts on a topic, it makes dead letters of them; what
/// alerting writes for itself alone comes anew with the next tick.
record Unreadable(MeterRegistry metrics) {
    private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);

    /// What only alerting writes, from a topic that others may have written to. Nothing if it is not that; it is
    /// counted.
    <T> Optional<T> read(RecordMetadata place, byte @Nullable [] value, Class<T> type) {
        var read = value == null ? Optional.<T>empty() : Form.ifReadable(value, type);
        if (read.isEmpty()) {
            count(place);
        }
        return read;
    }

    void count(RecordMetadata place) {
        Counter.builder("captcha.unreadable.records")
                .description("Records that are not the event their topic promises")
                .tag("service", "alerting")
                .tag("topic", place.topic())
                .register(metrics)
                .increment();
        LOG.atWarn()
                .addKeyValue("origin", place.topic() + "-" + place.partition() + "@" + place.offset())
                .log("An unreadable record is passed over");
    }
}
