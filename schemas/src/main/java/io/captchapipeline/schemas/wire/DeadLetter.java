package io.captchapipeline.schemas.wire;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Where a record on `captcha-dead-letters` came from, who gave up on it, and why; never what it says.
public record DeadLetter(String topic, int partition, long offset, String service, String reason, Instant at) {
    public static final String TOPIC = "dlq.topic";
    public static final String PARTITION = "dlq.partition";
    public static final String OFFSET = "dlq.offset";
    public static final String SERVICE = "dlq.service";
    public static final String REASON = "dlq.reason";
    public static final String AT = "dlq.at";
    public static final String LEFT_BYTES = "dlq.left_bytes";

    private static final Set<String> NAMES = Set.of(TOPIC, PARTITION, OFFSET, SERVICE, REASON, AT, LEFT_BYTES);

    /// Whether a header of this name is a dead letter's, and not the record's own.
    public static boolean tells(String header) {
        return NAMES.contains(header);
    }

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

    /// Of a record that with these headers is too large for any topic. It stays where it was found.
    ///
    /// @param bytes how large it is
    public Map<String, String> headersOfTooLarge(int bytes) {
        var headers = headers();
        headers.put(LEFT_BYTES, Integer.toString(bytes));
        return headers;
    }
}
