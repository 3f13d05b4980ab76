package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.RequestId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads a record of `captcha-submit`: first whose it is, then what it asks.
public final class RequestReader {
    private RequestReader() {}

    /// Whose record this is.
    public sealed interface Identity {
        /// The request's own id; or, where it has none that is valid, one derived from where the record lies.
        record Known(RequestId requestId) implements Identity {}

        /// Not a JSON object: nobody can be told an outcome.
        record Poison(String reason) implements Identity {}
    }

    public static Identity identify(byte @Nullable [] value, String topic, int partition, long offset) {
        throw new UnsupportedOperationException(topic + partition + offset + (value == null));
    }

    /// @param value a JSON object, as [#identify] found
    /// @param at when the broker took the record
    public static RequestEvent read(byte[] value, RequestId requestId, Instant at) {
        throw new UnsupportedOperationException(requestId + " " + at + value.length);
    }
}
