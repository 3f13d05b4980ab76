package io.captchapipeline.alerting.streams;

import io.captchapipeline.alerting.figures.Form;
import io.captchapipeline.schemas.topic.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the records that are passed over: whoever owns their effect makes dead letters of them.
record Unreadable(MeterRegistry metrics) {
    private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);

    /// What only alerting writes, from a topic that others may have written to. Nothing if it is not that; it is
    /// counted.
    <T> Optional<T> read(Topic<?> topic, byte @Nullable [] value, Class<T> type) {
        var read = value == null ? Optional.<T>empty() : Form.ifReadable(value, type);
        if (read.isEmpty()) {
            count(topic);
        }
        return read;
    }

    void count(Topic<?> topic) {
        Counter.builder("captcha.unreadable.records")
                .description("Records that are not the event their topic promises")
                .tag("service", "alerting")
                .tag("topic", topic.name())
                .register(metrics)
                .increment();
        LOG.atDebug().addKeyValue("topic", topic.name()).log("An unreadable record is passed over");
    }
}
