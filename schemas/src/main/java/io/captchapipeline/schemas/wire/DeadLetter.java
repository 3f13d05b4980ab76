package io.captchapipeline.schemas.wire;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a record on `captcha-dead-letters` came from, who gave up on it, and why; never what it says.
public record DeadLetter(String topic, int partition, long offset, String service, String reason, Instant at) {
    public static final String TOPIC = "dlq.topic";
    public static final String PARTITION = "dlq.partition";
    public static final String OFFSET = "dlq.offset";
    public static final String SERVICE = "dlq.service";
    public static final String REASON = "dlq.reason";
    public static final String AT = "dlq.at";

    /// Added to the record's own headers.
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put(TOPIC, topic);
        headers.put(PARTITION, Integer.toString(partition));
        headers.put(OFFSET, Long.toString(offset));
        headers.put(SERVICE, service);
        headers.put(REASON, reason);
        headers.put(AT, at.toString());
        return headers;
    }
}
