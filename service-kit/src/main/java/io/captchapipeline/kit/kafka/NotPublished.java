package io.captchapipeline.kit.kafka;

import org.jspecify.annotations.Nullable;

/// The broker did not confirm an event. It may have it all the same when the reason is [Reason#UNCONFIRMED].
public final class NotPublished extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// Why.
    public enum Reason {
        /// As many events, or bytes, as are allowed are waiting for their confirmation already.
        TOO_MANY_IN_FLIGHT,
        /// The broker, or the topic, is not known yet, or was lost.
        UNAVAILABLE,
        /// No word from the broker in time.
        UNCONFIRMED,
        /// The broker will never take it: too large, not allowed.
        REFUSED,
        /// The publisher is closed.
        CLOSED
    }

    private final Reason reason;

    public NotPublished(Reason reason, @Nullable Throwable cause) {
        super(reason + (cause == null ? "" : ": " + cause.getClass().getSimpleName()), cause, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
