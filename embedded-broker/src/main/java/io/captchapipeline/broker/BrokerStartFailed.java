package io.captchapipeline.broker;

import org.jspecify.annotations.Nullable;

/// The broker could not start; the message says what is wrong and what to do. Nothing of it is left running.
public final class BrokerStartFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerStartFailed(String message) {
        this(message, null);
    }

    BrokerStartFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
