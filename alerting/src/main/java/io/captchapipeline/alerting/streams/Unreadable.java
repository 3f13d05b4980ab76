package io.captchapipeline.alerting.streams;

import io.captchapipeline.schemas.topic.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the records that are passed over: whoever owns their effect makes dead letters of them.
record Unreadable(MeterRegistry metrics) {
    private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);

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
