package io.captchapipeline.client;

import io.captchapipeline.schemas.event.RequestId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// No answer can be told. Never says anything of a request but its id.
public final class CaptchaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What became of the request, as far as it is known here.
    public enum Reason {
        /// It was not written; it costs nothing.
        NOT_SENT,
        /// Nobody knows whether it was written. Submitting it again under the same request id is safe.
        UNCONFIRMED,
        /// It was written, and no outcome came in time. It may still come.
        NO_OUTCOME,
        /// It was written, and this client was closed before its outcome. It still comes, to others.
        CLOSED,
        /// What was asked does not answer: Kafka, or the results API.
        UNAVAILABLE,
        /// What was asked refuses: a missing topic, missing rights, a wrong token.
        REFUSED
    }

    private final Reason reason;
    private final transient @Nullable RequestId requestId;

    CaptchaException(Reason reason, String message) {
        this(reason, null, message, null);
    }

    CaptchaException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, null, message, cause);
    }

    CaptchaException(Reason reason, @Nullable RequestId requestId, String message, @Nullable Throwable cause) {
        super(requestId == null ? message : requestId + ": " + message, cause);
        this.reason = reason;
        this.requestId = requestId;
    }

    public Reason reason() {
        return reason;
    }

    /// Whose answer it would have been, where it is about one request.
    public Optional<RequestId> requestId() {
        return Optional.ofNullable(requestId);
    }
}
