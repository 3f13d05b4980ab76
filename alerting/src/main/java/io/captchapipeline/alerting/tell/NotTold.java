package io.captchapipeline.alerting.tell;

import java.time.Duration;
import java.util.Optional;

/// A channel did not take a letter. The message names no address and no secret.
public final class NotTold extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Optional<Duration> comeBackAfter;

    NotTold(String message) {
        this(message, Optional.empty());
    }

    NotTold(String message, Optional<Duration> comeBackAfter) {
        super(message, null, false, false);
        this.comeBackAfter = comeBackAfter;
    }

    /// When the other side says when to come back.
    Optional<Duration> comeBackAfter() {
        return comeBackAfter;
    }
}
