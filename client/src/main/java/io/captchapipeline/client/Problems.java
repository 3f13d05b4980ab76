package io.captchapipeline.client;

import io.captchapipeline.client.CaptchaException.Reason;
import io.captchapipeline.schemas.event.RequestId;
import java.util.concurrent.CompletionException;

/// What users are told in place of what went wrong inside.
final class Problems {
    private Problems() {}

    /// Before a request was written.
    static CaptchaException beforeSending(RequestId id, Throwable problem) {
        var cause = unwrapped(problem);
        if (cause instanceof CaptchaException known) {
            return known.requestId().isPresent()
                    ? known
                    : new CaptchaException(Reason.NOT_SENT, id, String.valueOf(known.getMessage()), known);
        }
        return new CaptchaException(Reason.NOT_SENT, id, "it could not be sent", cause);
    }

    /// As it is to be thrown to whoever waited.
    static RuntimeException thrown(CompletionException e) {
        return unwrapped(e) instanceof CaptchaException known ? known : e;
    }

    static Throwable unwrapped(Throwable problem) {
        return problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
    }
}
