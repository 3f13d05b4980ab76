package io.captchapipeline.broker;

import org.jspecify.annotations.Nullable;

/// A running broker met a fault it cannot go on from: a full or vanished disk, damaged metadata.
public final class BrokerDied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerDied(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
