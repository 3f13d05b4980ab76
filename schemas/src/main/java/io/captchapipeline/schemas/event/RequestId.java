package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;

/// The name that a scraper gives its request: an idempotency key. A task that was submitted past us is its own request.
public record RequestId(@JsonValue String value) {
    private static final IdForm FORM = new IdForm("[A-Za-z0-9._:-]", 128);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RequestId {
        FORM.check(value, "request_id");
    }

    /// Who writes JSON by hand writes digits without quotes.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static RequestId ofDigits(BigInteger digits) {
        return new RequestId(digits.toString());
    }

    /// The request of a task that nobody asked for through us.
    public static RequestId of(TaskId taskId) {
        return new RequestId(taskId.value());
    }

    /// The request of a record that names none: where it lies, as its producer was told by the acknowledgement.
    public static RequestId ofRecord(String topic, int partition, long offset) {
        return new RequestId(topic + ":" + partition + ":" + offset);
    }

    @Override
    public String toString() {
        return value;
    }
}
